"""
Sum up docs/precision.tsv as docs/precision.md.

    python benchmarks/precision.py

Each line of the table is one finding that was read: package, version, file:line, code, verdict (true, false,
doubtful), why, and the reading. `first` is a rule's first reading, `mended` the same packages after it was
narrowed. `unseen-1`, `unseen-2` ... are readings of the narrowed rule, round after round, each on packages that
nobody had looked at before; `unseen-1-mended` and so on are the same packages after narrowing once more. `known`
are findings that were read later in packages which had been looked at before: they are kept, and in no figure.
Doubtful counts as false.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "precision.tsv"
SUMMARY = ROOT / "docs" / "precision.md"
COLUMNS = ["package", "version", "place", "code", "verdict", "why", "reading"]
READING = re.compile(r"first|mended|known|unseen-([1-9]\d*)(?:-mended)?")
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
            if verdict.verdict not in ("true", "false", "doubtful") or not READING.fullmatch(verdict.reading):
                raise ValueError(f"{TABLE.name}:{number}: {verdict.verdict!r}, {verdict.reading!r}")
            found.append(verdict)
    return found


class Readings(NamedTuple):
    """
    What was read of one rule: the first reading and the same mended, all unseen rounds together, the last of them,
    and that one mended.
    """

    first: list[Verdict]
    mended: list[Verdict]
    unseen: list[Verdict]
    last: list[Verdict]
    last_mended: list[Verdict]


def readings(verdicts: list[Verdict]) -> Readings:
    """The readings of one rule; where nothing had to be mended, a reading counts as mended as it is."""
    by_name: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_name[verdict.reading].append(verdict)
    rounds = sorted({int(found[1]) for name in by_name if (found := READING.fullmatch(name)) and found[1]})
    unread = [name for name in by_name if name.endswith("-mended") and name.removesuffix("-mended") not in by_name]
    if unread:
        raise ValueError(f"{verdicts[0].code}: {unread[0]} without the reading before it")
    seen = [number for number in rounds if f"unseen-{number}" in by_name]
    last = f"unseen-{seen[-1]}" if seen else ""
    return Readings(
        by_name["first"],
        by_name["mended"] or by_name["first"],
        [verdict for number in seen for verdict in by_name[f"unseen-{number}"]],
        by_name[last],
        by_name[f"{last}-mended"] or by_name[last],
    )


def summary(verdicts: list[Verdict]) -> str:
    """The page: over all rules, then rule by rule."""
    by_code: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_code[verdict.code].append(verdict)
    packages = sorted(
        {f"{verdict.package} {verdict.version}" for verdict in verdicts}, key=lambda name: (name.lower(), name)
    )
    found = {code: readings(several) for code, several in sorted(by_code.items())}
    rows = [f"| {code} | {' | '.join(map(_figure, one))} | {_note(one)} |" for code, one in found.items()]
    whole = [
        [verdict for several in column for verdict in several] for column in zip(*found.values(), strict=True)
    ]
    return "\n".join(
        [
            "# Precision",
            "",
            f"{len(verdicts)} findings on {len(packages)} real packages, read in the code around them and judged "
            "one by one; `docs/precision.tsv` has every verdict. Samples are random with a fixed seed "
            "(`benchmarks/sample.py`). A doubtful finding counts as false.",
            "",
            "The figures of record are first readings: that of the new rule, and those of the narrowed rule, "
            "round after round, on packages that nobody had looked at before. The last round tells best what to "
            "expect; after each round the rule was narrowed by what was false in it, and beside it stands what "
            "the same packages give then.",
            "",
            "| rule | new rule | mended | unseen packages, all rounds | last round | mended | |",
            f"|---|{'---|' * len(Readings._fields)}---|",
            f"| all | {' | '.join(map(_figure, whole))} | |",
            *rows,
            "",
            f"Packages: {', '.join(packages)}.",
            "",
        ]
    )


def _figure(verdicts: list[Verdict]) -> str:
    if not verdicts:
        return ""
    true = sum(verdict.verdict == "true" for verdict in verdicts)
    return f"{true} of {len(verdicts)} ({100 * true / len(verdicts):.0f} %)"


def _note(one: Readings) -> str:
    return "few findings: no bar of its own" if max(map(len, one)) < FEW else ""


if __name__ == "__main__":
    SUMMARY.write_text(summary(read()), encoding="utf-8")
