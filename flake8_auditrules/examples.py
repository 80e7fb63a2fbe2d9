"""Examples: the code in a rule's declaration, its files and its marks, and what the rule reports on it."""

from __future__ import annotations

import ast
import re
import tempfile
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine, FileResult
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.rule import Finding, Rule

DEFAULT_FILE = "example.py"
_MARK = re.compile(r"#\s*((?:AUD\d{3}(?::\d+)?)(?:\s*,?\s*AUD\d{3}(?::\d+)?)*)\s*$")
_FILE = re.compile(r"^# file: (\S+)$")


class Mark(NamedTuple):
    """A place that has to be reported: file, 1-based line, code, and 1-based column where it is fixed."""

    file: str
    line: int
    code: str
    column: int | None


def files_of(example: str) -> dict[str, str]:
    """
    The files of an example by their relative paths.

    One file called DEFAULT_FILE, unless `# file: path` lines part the example into several.
    """
    text = textwrap.dedent(example).strip("\n") + "\n"
    files: dict[str, list[str]] = {}
    current = DEFAULT_FILE
    for line in text.splitlines(keepends=True):
        header = _FILE.match(line.rstrip())
        if header is not None:
            current = header.group(1)
            files[current] = []
        else:
            files.setdefault(current, []).append(line)
    return {
        name: "".join(lines) for name, lines in files.items() if name != DEFAULT_FILE or "".join(lines).strip()
    }


def marks_of(files: dict[str, str]) -> list[Mark]:
    """All marks in the files, in order."""
    marks: list[Mark] = []
    for name, text in files.items():
        for number, line in enumerate(text.splitlines(), start=1):
            found = _MARK.search(line)
            if found is None:
                continue
            for part in re.split(r"[\s,]+", found.group(1)):
                code, _, column = part.partition(":")
                marks.append(Mark(name, number, code, int(column) if column else None))
    return marks


def run_on_files(
    rules: Sequence[type[Rule]],
    files: dict[str, str],
    config: Config | None = None,
    only: Iterable[str] | None = None,
) -> list[tuple[str, Finding]]:
    """
    Write the files into a new project folder, run the rules over each, and return file and finding.

    `only` restricts which of the files are run over; all are written. Raises SyntaxError for a broken file.
    """
    results = results_on_files(rules, files, config, only)
    return [(name, finding) for name, result in results for finding in result.findings]


def results_on_files(
    rules: Sequence[type[Rule]],
    files: dict[str, str],
    config: Config | None = None,
    only: Iterable[str] | None = None,
) -> list[tuple[str, FileResult]]:
    """As `run_on_files`, with the whole result of each file."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        (root / "pyproject.toml").write_text("", encoding="utf-8")
        for name, text in files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        engine = Engine(config if config is not None else Config(), rules)
        return [
            (name, engine.result(ast.parse(files[name]), files[name].splitlines(keepends=True), str(root / name)))
            for name in (files if only is None else only)
            if name.endswith(".py")
        ]
