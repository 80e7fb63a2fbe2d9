"""The engine: which files get findings at all."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.registry import all_rules

SOURCE = "import requests\n\n\ndef read(url):\n    return requests.get(url, verify=False).json()\n"


@pytest.mark.parametrize(
    ("path", "is_own"),
    [
        ("app.py", True),
        ("modules/app.py", True),
        ("node_modules/gyp/app.py", False),
        ("app/_vendor/library/app.py", False),
        ("app/vendor/app.py", True),
        ("venv/lib/site-packages/library/app.py", False),
    ],
)
def test_other_peoples_code_gets_no_findings(
    make_project: Callable[[dict[str, str]], Path], path: str, is_own: bool
) -> None:
    root = make_project({"pyproject.toml": "", path: SOURCE})
    engine = Engine(Config(settings={"cache-dir": ""}), all_rules())
    result = engine.result(ast.parse(SOURCE), SOURCE.splitlines(keepends=True), str(root / path))
    assert bool(result.findings) is is_own
    assert bool(result.examined) is is_own


def test_a_place_that_is_found_in_two_ways_is_reported_once(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(Path(__file__).parent / "cases" / "AUD615" / "asked_twice", folder)
    (folder / "setup.cfg").write_text("")
    engine = Engine(Config(settings={"cache-dir": ""}), all_rules())
    text = (folder / "main.py").read_text()
    engine.prepare(str(folder))
    found = engine.findings(ast.parse(text), text.splitlines(keepends=True), str(folder / "main.py"))
    assert [finding.line for finding in found if finding.code == "AUD615"] == [11]
