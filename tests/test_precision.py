"""docs/precision.md sums up docs/precision.tsv as it stands."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_summary_is_current() -> None:
    program = runpy.run_path(str(ROOT / "benchmarks" / "precision.py"))
    verdicts = program["read"]()
    assert len(verdicts) > 500
    shown = (ROOT / "docs" / "precision.md").read_text(encoding="utf-8")
    assert shown == program["summary"](verdicts), "run `python benchmarks/precision.py`"
