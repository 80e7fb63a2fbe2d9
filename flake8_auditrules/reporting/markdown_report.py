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
        f"### {known.code} {known.name}: {code_span(_title(record))}",
        "\n".join(
            [
                f"- Severity: {known.severity.name.lower()}",
                f"- Category: {known.category.value}",
                f"- Location: {code_span(place)}",
                f"- Status: {record.status.value}",
            ]
        ),
        f"**Description.** {known.summary}",
    ]
    if record.status is Status.FIXED:
        parts.append(f"**Evidence.** The line {code_span(record.identity.text)} is gone.")
        return "\n\n".join(parts)
    parts.append(f"**Evidence.** {record.text}")
    if record.source:
        parts.append(evidence(record))
    if record.steps:
        steps = enumerate(record.steps, start=1)
        parts.append(
            "\n".join(f"{n}. {code_span(f'{one.path}:{one.line}')} {code_span(one.text)}" for n, one in steps)
        )
    parts.append(f"**Impact.** {known.impact}")
    parts.append(f"**Suggested fix.** {cure(record)[:1].upper()}{cure(record)[1:]}.")
    return "\n\n".join(parts)


def _title(record: Record) -> str:
    scope = record.identity.scope
    return f"{record.path}::{scope}" if scope else record.path


def evidence(record: Record) -> str:
    """The finding's lines with their numbers in a fenced block, its first line marked."""
    marked = [
        f"{'>' if number == record.line else ' '} {number:5} {text}"
        for number, text in enumerate(record.source, start=record.line)
    ]
    shown = "\n".join(marked)
    fence = fence_around(shown)
    return f"{fence}text\n{shown}\n{fence}"


def fence_around(text: str) -> str:
    """A fence of backticks that is longer than every run of them in the text."""
    return "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))


def code_span(text: str) -> str:
    """A text as an inline code span, whatever backticks it holds."""
    text = " ".join(text.split())
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"


def _checklist(audit: Audit) -> str:
    blocks = []
    for family in families():
        rows = []
        for rule in family.rules:
            if rule.code not in audit.codes:
                continue
            examined = audit.examined.get(rule.code)
            mark = "x" if examined is None or examined.good == examined.places else " "
            said = summary.good_of(rule.code, examined) if examined is not None else "nothing to examine"
            rows.append(f"- [{mark}] {rule.code} {rule.name}: {said}")
        if rows:
            blocks.append(f"### {family.title} ({family.prefix})\n\n" + "\n".join(rows))
    return "\n\n".join(blocks) or "No rule ran."
