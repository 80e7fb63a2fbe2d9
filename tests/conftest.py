"""What several tests share: marks compared with reports, modules from text, projects on disk."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.examples import Mark, files_of, marks_of, run_on_files
from flake8_auditrules.rule import Finding, Rule
from flake8_auditrules.semantics.module import Module

CASES = Path(__file__).parent / "cases"


def module_of(text: str, name: str = "example", path: str = "example.py", is_test: bool = False) -> Module:
    """A module object for a text; common indentation is taken off."""
    text = textwrap.dedent(text)
    return Module(ast.parse(text), text.splitlines(keepends=True), path=path, name=name, is_test=is_test)


def reported(rule: type[Rule], files: dict[str, str], config: Config | None = None) -> list[tuple[str, Finding]]:
    """What one rule reports over the files."""
    return run_on_files([rule], files, config)


def assert_marks(rule: type[Rule], files: dict[str, str], config: Config | None = None) -> None:
    """The rule reports exactly the marks: no line more, no line less, and the column where one is given."""
    marks = [mark for mark in marks_of(files) if mark.code == rule.code]
    found = reported(rule, files, config)
    got = sorted({(file, finding.line) for file, finding in found})
    wanted = sorted({(mark.file, mark.line) for mark in marks})
    shown = "\n".join(f"{file}:{finding.line}:{finding.column + 1} {finding.text}" for file, finding in found)
    assert got == wanted, f"{rule.code}: reported {got}, marked {wanted}\n{shown}"
    assert not any("internal error" in finding.text for _, finding in found), shown
    for mark in marks:
        _assert_column(mark, found)


def _assert_column(mark: Mark, found: list[tuple[str, Finding]]) -> None:
    if mark.column is not None:
        columns = [finding.column + 1 for file, finding in found if (file, finding.line) == (mark.file, mark.line)]
        assert mark.column in columns, f"{mark}: reported at columns {columns}"


def case_files(code: str) -> list[tuple[str, dict[str, str]]]:
    """
    The corner cases of a rule, by name: each file in `tests/cases/CODE`, and each folder there as a project.
    """
    folder = CASES / code
    cases: list[tuple[str, dict[str, str]]] = []
    if not folder.is_dir():
        return cases
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir():
            files = {
                file.relative_to(entry).as_posix(): file.read_text(encoding="utf-8")
                for file in sorted(entry.rglob("*"))
                if file.is_file() and "__pycache__" not in file.parts
            }
            cases.append((entry.name, files))
        elif entry.suffix == ".py":
            cases.append((entry.stem, files_of(entry.read_text(encoding="utf-8"))))
    return cases


@pytest.fixture
def make_project(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write files into a fresh project folder and return the folder."""

    def make(files: dict[str, str]) -> Path:
        (tmp_path / "pyproject.toml").touch()
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(textwrap.dedent(text), encoding="utf-8")
        return tmp_path

    return make
