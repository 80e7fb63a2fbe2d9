"""
Sum up docs/precision.tsv as docs/precision.md.

    python benchmarks/precision.py

Each line of the table is one finding that was read: package, version, file:line, code, verdict (true, false,
doubtful), why, and the reading. `first` is a rule's first reading, `mended` the same packages after it was
narrowed, `unseen` a reading of the narrowed rule on packages that nobody had looked at, `unseen-mended` those
after mending once more; `second`, `third`, `fourth` and their `-mended` the same again, each on other packages.
Doubtful counts as false.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "precision.tsv"
SUMMARY = ROOT / "docs" / "precision.md"
COLUMNS = ["package", "version", "place", "code", "verdict", "why", "reading"]
READINGS = {
    "first": "first reading",
    "mended": "mended",
    "unseen": "unseen packages",
    "unseen-mended": "mended",
    "second": "more unseen packages",
    "second-mended": "mended",
    "third": "third unseen packages",
    "third-mended": "mended",
    "fourth": "fourth unseen packages",
    "fourth-mended": "mended",
}
FEW = 7


class Verdict(NamedTuple):
    """One finding that was read."""

    package: str
    version: str
    place: str
    code: str
    verdict: str
    why: str
    reading: str


def read() -> list[Verdict]:
    """All verdicts. Raises ValueError, naming the line, for one that is not as it has to be."""
    found = []
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(rows, None) != COLUMNS:
            raise ValueError(f"{TABLE.name}:1: the columns are not {', '.join(COLUMNS)}")
        for number, row in enumerate(rows, start=2):
            if len(row) != len(COLUMNS):
                raise ValueError(f"{TABLE.name}:{number}: {len(row)} columns, not {len(COLUMNS)}")
            verdict = Verdict(*row)
            if verdict.verdict not in ("true", "false", "doubtful") or verdict.reading not in READINGS:
                raise ValueError(f"{TABLE.name}:{number}: {verdict.verdict!r}, {verdict.reading!r}")
            found.append(verdict)
    return found


def summary(verdicts: list[Verdict]) -> str:
    """The page: over all rules, then rule by rule."""
    by_code: dict[str, dict[str, list[Verdict]]] = defaultdict(lambda: defaultdict(list))
    for verdict in verdicts:
        by_code[verdict.code][verdict.reading].append(verdict)
    packages = sorted({f"{verdict.package} {verdict.version}" for verdict in verdicts}, key=str.lower)
    rows = [
        f"| {code} | {' | '.join(_figure(readings[reading]) for reading in READINGS)} | {_note(readings)} |"
        for code, readings in sorted(by_code.items())
    ]
    whole = " | ".join(_figure(_over_all(by_code.values(), reading)) for reading in READINGS)
    return "\n".join(
        [
            "# Precision",
            "",
            "Findings on large real packages, read in the code around them and judged one by one; "
            "`docs/precision.tsv` has every verdict. Samples are random with a fixed seed "
            "(`benchmarks/sample.py`). A doubtful finding counts as false. The figures of record are the first "
            "reading of a new rule, and the reading of the narrowed rule on packages that nobody had looked at "
            "before; beside each stands what the same packages give after mending.",
            "",
            f"Packages: {', '.join(packages)}.",
            "",
            f"| rule | {' | '.join(READINGS.values())} | |",
            f"|---|{'---|' * len(READINGS)}---|",
            f"| all | {whole} | |",
            *rows,
            "",
        ]
    )


def _over_all(rules: Iterable[dict[str, list[Verdict]]], reading: str) -> list[Verdict]:
    """All verdicts of a reading; a rule that needed no mending counts with the reading before it."""
    found: list[Verdict] = []
    for readings in rules:
        before = reading.removesuffix("-mended") if reading.endswith("-mended") else "first"
        mended = reading.endswith("mended")
        found.extend(readings[reading] or (readings[before] if mended else []))
    return found


def _figure(verdicts: list[Verdict]) -> str:
    if not verdicts:
        return ""
    true = sum(verdict.verdict == "true" for verdict in verdicts)
    return f"{true} of {len(verdicts)} ({100 * true / len(verdicts):.0f} %)"


def _note(readings: dict[str, list[Verdict]]) -> str:
    most = max(len(verdicts) for verdicts in readings.values())
    return "few findings: no bar of its own" if most < FEW else ""


if __name__ == "__main__":
    SUMMARY.write_text(summary(read()), encoding="utf-8")
