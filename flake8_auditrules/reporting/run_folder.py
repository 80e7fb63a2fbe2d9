"""
The run folder: how what a report needs gets from the processes that look at files to the formatter.

flake8 hands a formatter code, place and text of each finding, no more. The parent process makes a folder and
names it in the environment, where worker processes find it, forked or spawned; each linted file leaves one
JSON file in it.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flake8_auditrules.engine import FileResult
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.reporting.record import Identity
from flake8_auditrules.rule import Examined, Finding, Step

VARIABLE = "AUDITRULES_RUN"
_LONGEST_EXCERPT = 12


class RunFacts(NamedTuple):
    """What holds for the whole run: the baseline's file ("" for none), the project's root, the codes that run."""

    baseline: str
    root: str
    codes: tuple[str, ...]


class FoundPlace(NamedTuple):
    """
    One finding as a file left it.

    `source` are the lines from the finding's first to its last (the first ones of a long one), `noqa_line` the
    physical lines in which flake8 looks for a noqa that silences it; None where flake8 could not tell.
    """

    finding: Finding
    identity: Identity
    source: tuple[str, ...]
    noqa_line: str | None


class FileRecord(NamedTuple):
    """What one linted file left: its path as flake8 names it and relative to the root, findings, counts."""

    path: str
    relative: str
    findings: tuple[FoundPlace, ...]
    examined: Mapping[str, Examined]


def make(facts: RunFacts) -> Path:
    """Make this run's folder and name it in the environment."""
    folder = Path(tempfile.mkdtemp(prefix="auditrules-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "run.json").write_text(json.dumps(facts._asdict()), encoding="utf-8")
    os.environ[VARIABLE] = f"{os.getpid()}:{folder}"
    return folder


def current() -> Path | None:
    """The folder of the run that this process belongs to; None where the run makes no report."""
    owner, _, folder = os.environ.get(VARIABLE, "").partition(":")
    if not folder:
        return None
    if owner != str(os.getpid()) and multiprocessing.parent_process() is None:
        return None  # inherited by another program's own run
    return Path(folder)


def remove(folder: Path) -> None:
    """Remove the folder and forget it."""
    os.environ.pop(VARIABLE, None)
    shutil.rmtree(folder, ignore_errors=True)


def leave(
    folder: Path,
    path: str,
    relative: str,
    lines: Sequence[str],
    result: FileResult,
    noqa_line: Callable[[int], str | None] | None = None,
) -> None:
    """Leave one file's result in the folder."""
    findings = [
        {
            "finding": [*finding[:5], [list(step) for step in finding.steps]],
            "place": list(place),
            "source": [
                line.rstrip("\r\n")
                for line in lines[finding.line - 1 : min(finding.end_line, finding.line + _LONGEST_EXCERPT - 1)]
            ],
            "noqa_line": noqa_line(finding.line) if noqa_line is not None else None,
        }
        for finding, place in zip(result.findings, result.places, strict=True)
    ]
    left = {"path": path, "relative": relative, "findings": findings, "examined": result.examined}
    name = hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()
    (folder / f"{name}.file.json").write_text(json.dumps(left), encoding="utf-8")


def facts_of(folder: Path) -> RunFacts:
    """What holds for the whole run."""
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return RunFacts(facts["baseline"], facts["root"], tuple(facts["codes"]))


def collect(folder: Path) -> list[FileRecord]:
    """What all linted files left, by path."""
    return sorted(
        (_record(json.loads(file.read_text(encoding="utf-8"))) for file in folder.glob("*.file.json")),
        key=lambda record: record.path,
    )


def _record(left: dict[str, object]) -> FileRecord:
    relative = str(left["relative"])
    findings = []
    for one in left["findings"]:  # type: ignore[attr-defined]
        code, line, column, end_line, text, steps = one["finding"]
        finding = Finding(code, line, column, end_line, text, tuple(Step(*step) for step in steps))
        scope, squeezed, ordinal = one["place"]
        identity = Identity(relative, scope, code, squeezed, ordinal)
        findings.append(FoundPlace(finding, identity, tuple(one["source"]), one["noqa_line"]))
    examined = {code: Examined(*counts) for code, counts in left["examined"].items()}  # type: ignore[attr-defined]
    return FileRecord(str(left["path"]), relative, tuple(findings), examined)
