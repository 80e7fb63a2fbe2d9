"""The audit as Markdown: summary, every finding with evidence and cure, and what was examined."""

from __future__ import annotations

import re

from flake8_auditrules.registry import families
from flake8_auditrules.reporting import summary
from flake8_auditrules.reporting.record import Audit, Record, Status, cure


def render(audit: Audit) -> str:
    """The whole report."""
    parts = [
        "# Audit",
        f"Date: {audit.date}  \nScope: {', '.join(audit.scope) or '.'} ({audit.files} files)",
        "## Summary",
        "\n".join(summary.table_lines(audit)),
        "## Findings",
    ]
    parts.extend(_finding(record) for record in audit.records)
    if not audit.records:
        parts.append("None.")
    parts.append("## Checklist")
    parts.append(_checklist(audit))
    return "\n\n".join(parts) + "\n"


def _finding(record: Record) -> str:
    known = record.description
    lines = str(record.line) if record.line == record.end_line else f"{record.line}-{record.end_line}"
    place = f"{record.path}:{lines}" if record.line else record.path
    parts = [
        f"### {known.code} {known.name}: {_title(record)}",
        "\n".join(
            [
                f"- Severity: {known.severity.name.lower()}",
                f"- Category: {known.category.value}",
                f"- Location: `{place}`",
                f"- Status: {record.status.value}",
            ]
        ),
        f"**Description.** {known.summary}",
    ]
    if record.status is Status.FIXED:
        parts.append(f"**Evidence.** The line `{record.identity.text}` is gone.")
        return "\n\n".join(parts)
    parts.append(f"**Evidence.** {record.text}")
    if record.source:
        parts.append(_evidence(record))
    if record.steps:
        parts.append("\n".join(f"{n}. `{s.path}:{s.line}` {s.text}" for n, s in enumerate(record.steps, start=1)))
    parts.append(f"**Impact.** {known.impact}")
    parts.append(f"**Suggested fix.** {cure(record)[:1].upper()}{cure(record)[1:]}.")
    return "\n\n".join(parts)


def _title(record: Record) -> str:
    scope = record.identity.scope
    return f"{record.path}::{scope}" if scope else record.path


def _evidence(record: Record) -> str:
    marked = [
        f"{'>' if number == record.line else ' '} {number:5} {text}"
        for number, text in enumerate(record.source, start=record.line)
    ]
    fence = "```"
    while any(re.search(rf"^.*{fence}", line) for line in marked):
        fence += "`"
    return "\n".join([f"{fence}text", *marked, fence])


def _checklist(audit: Audit) -> str:
    blocks = []
    for family in families():
        rows = []
        for rule in family.rules:
            if rule.code not in audit.codes:
                continue
            examined = audit.examined.get(rule.code)
            places, reported = (examined.places, examined.reported) if examined else (0, 0)
            mark = "x" if not reported else " "
            rows.append(f"- [{mark}] {rule.code} {rule.name}: {places} examined, {places - reported} passed")
        if rows:
            blocks.append(f"### {family.title} ({family.prefix})\n\n" + "\n".join(rows))
    return "\n\n".join(blocks) or "No rule ran."
