"""Facts are the same whether a module was handed over with its lines or was read from its file."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from flake8_auditrules.project.facts import to_plain
from flake8_auditrules.project.reading.reader import facts_of
from flake8_auditrules.semantics.module import Module

CASES = Path(__file__).parent.parent / "cases"
FILES = sorted([*CASES.glob("AUD60[1-6]/**/*.py"), *CASES.glob("AUD51*/**/*.py")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(CASES)))
def test_lines_do_not_matter(file: Path) -> None:
    """What `module.text` says is "" without lines, so facts must not rest on it."""
    text = file.read_text(encoding="utf-8")
    with_lines = Module(ast.parse(text), text.splitlines(keepends=True), path="a.py", name="a")
    without = Module(ast.parse(text), (), path="a.py", name="a")
    assert to_plain(facts_of(with_lines)) == to_plain(facts_of(without))
