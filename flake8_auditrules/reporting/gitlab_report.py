"""The audit as GitLab code quality JSON."""

from __future__ import annotations

import json

from flake8_auditrules.reporting.record import Audit, Record, Status
from flake8_auditrules.rule import Severity

_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}


def render(audit: Audit) -> str:
    """A list with one object a finding; GitLab itself tells what was fixed, so fixed ones are left out."""
    found = [_finding(record) for record in audit.records if record.status is not Status.FIXED]
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _finding(record: Record) -> dict[str, object]:
    known = record.description
    return {
        "description": f"{record.code} {record.text}",
        "check_name": known.name,
        "categories": [known.category.value],
        "fingerprint": record.identity.fingerprint,
        "severity": _SEVERITIES[known.severity],
        "location": {
            "path": record.path.removeprefix("./"),
            "lines": {"begin": max(1, record.line), "end": max(1, record.end_line)},
        },
    }
