"""The summary: severities by status, and what was examined."""

from __future__ import annotations

from collections import Counter

from flake8_auditrules.reporting.record import Audit, Record, Status, describe
from flake8_auditrules.rule import Examined, Severity

STATUSES = (Status.NEW, Status.EXISTING, Status.REGRESSION, Status.FIXED)
_COLOURS = {
    Severity.CRITICAL: "\033[1;35m",
    Severity.HIGH: "\033[31m",
    Severity.MEDIUM: "\033[33m",
    Severity.LOW: "\033[36m",
    Severity.INFO: "\033[2m",
}
_RESET = "\033[0m"


def counts(audit: Audit) -> dict[Severity, Counter[Status]]:
    """How many records there are of each severity, worst first, and status."""
    table: dict[Severity, Counter[Status]] = {severity: Counter() for severity in sorted(Severity, reverse=True)}
    for record in audit.records:
        table[record.description.severity][record.status] += 1
    return table


def table_lines(audit: Audit) -> list[str]:
    """The summary as a Markdown table, a line each."""
    lines = [
        "| severity | " + " | ".join(status.value.lower() for status in STATUSES) + " |",
        "|---|" + "---:|" * len(STATUSES),
    ]
    for severity, row in counts(audit).items():
        cells = " | ".join(str(row[status]) for status in STATUSES)
        lines.append(f"| {severity.name.lower()} | {cells} |")
    return lines


def validated_lines(audit: Audit) -> list[str]:
    """For each rule that examined places: how many of them are good, in the order of codes."""
    return [
        f"{code} {describe(code).name}: {good_of(code, examined)}"
        for code, examined in sorted(audit.examined.items())
        if code in audit.codes
    ]


def good_of(code: str, examined: Examined) -> str:
    """What a rule examined, with counts: "14 of 14 `begin_nested()` handles are finished"."""
    return f"{examined.good} of {examined.places} {describe(code).examined}"


def render(audit: Audit, colour: bool = False) -> str:
    """The findings a line each, then the summary, for a terminal (`colour`) or a pipe."""
    lines = [_line(record, colour) for record in audit.records]
    if lines:
        lines.append("")
    for severity, row in counts(audit).items():
        said = ", ".join(f"{row[status]} {status.value.lower()}" for status in STATUSES if row[status])
        if said:
            name = severity.name.lower()
            lines.append(f"{_COLOURS[severity]}{name}{_RESET}: {said}" if colour else f"{name}: {said}")
    total = sum(record.status is not Status.FIXED for record in audit.records)
    places = sum(examined.places for examined in audit.examined.values())
    lines.append(f"{total} findings in {audit.files} files; {places} places examined by {len(audit.codes)} rules")
    return "\n".join(lines) + "\n"


def _line(record: Record, colour: bool) -> str:
    severity = record.description.severity
    name = severity.name.lower()
    if colour:
        name = f"{_COLOURS[severity]}{name}{_RESET}"
    place = f"{record.path}:{record.line}:{record.column}" if record.line else record.path
    category = record.description.category.value
    return f"{place}: {name} {category} {record.status.value} {record.code} {record.text}"
