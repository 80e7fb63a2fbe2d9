"""The JSON report against a schema of its documented form."""

from __future__ import annotations

import json

import jsonschema

from flake8_auditrules.reporting import json_report
from flake8_auditrules.rules.errors.bare_except import BareExcept
from tests.reporting import samples

FINDING = {
    "type": "object",
    "additionalProperties": False,
    "required": ["file", "line", "end_line", "issue", "category", "code", "name", "status", "steps"],
    "properties": {
        "file": {"type": "string"},
        "line": {"type": "integer"},
        "end_line": {"type": "integer"},
        "issue": {"type": "string"},
        "category": {"type": "string"},
        "code": {"type": "string"},
        "name": {"type": "string"},
        "status": {"enum": ["NEW", "Existing", "Regression", "Fixed"]},
        "steps": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "line", "text"],
                "properties": {
                    "path": {"type": "string"},
                    "line": {"type": "integer"},
                    "text": {"type": "string"},
                },
            },
        },
    },
}
SEVERITIES = ["critical", "high", "medium", "low", "info"]
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": [*SEVERITIES, "validated"],
    "properties": {
        **{severity: {"type": "array", "items": FINDING} for severity in SEVERITIES},
        "validated": {"type": "array", "items": {"type": "string"}},
    },
}


def test_form() -> None:
    for audit in (samples.audit(), samples.full()):
        document = json.loads(json_report.render(audit))
        jsonschema.validate(document, SCHEMA)
        assert list(document) == [*SEVERITIES, "validated"]
        assert sum(len(document[severity]) for severity in SEVERITIES) == len(audit.records)


def test_what_was_examined_is_counted() -> None:
    document = json.loads(json_report.render(samples.full()))
    assert document["validated"] == [f"AUD301 bare-except: 12 of 14 {BareExcept.examined}"]
    assert document["high"][0]["status"] == "NEW"
