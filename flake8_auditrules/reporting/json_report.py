"""The audit as JSON: findings by severity, and what was examined and found good."""

from __future__ import annotations

import json

from flake8_auditrules.reporting import summary
from flake8_auditrules.reporting.record import Audit, Record
from flake8_auditrules.rule import Severity


def render(audit: Audit) -> str:
    """An object with the keys critical, high, medium, low, info and validated, all always present."""
    document: dict[str, object] = {
        severity.name.lower(): [
            _finding(record) for record in audit.records if record.description.severity is severity
        ]
        for severity in sorted(Severity, reverse=True)
    }
    document["validated"] = summary.validated_lines(audit)
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finding(record: Record) -> dict[str, object]:
    return {
        "file": record.path,
        "line": record.line,
        "end_line": record.end_line,
        "issue": record.text,
        "category": record.description.category.value,
        "code": record.code,
        "name": record.description.name,
        "status": record.status.value,
        "steps": [step._asdict() for step in record.steps],
    }
