"""The audit as GitHub workflow commands: annotations on the lines of a pull request."""

from __future__ import annotations

from flake8_auditrules.reporting.record import Audit, Record, Status
from flake8_auditrules.rule import Severity


def render(audit: Audit) -> str:
    """One command a finding; fixed findings have no line and are left out."""
    return "".join(f"{_command(record)}\n" for record in audit.records if record.status is not Status.FIXED)


def _command(record: Record) -> str:
    known = record.description
    severity = known.severity
    level = "error" if severity >= Severity.HIGH else "warning" if severity is Severity.MEDIUM else "notice"
    properties = {
        "file": record.path.removeprefix("./"),
        "line": str(max(1, record.line)),
        "endLine": str(max(1, record.end_line)),
        "col": str(max(1, record.column)),
        "title": f"{record.code} {known.name} ({severity.name.lower()}, {known.category.value})",
    }
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {said}::{_data(f'{record.status.value}: {record.text}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
