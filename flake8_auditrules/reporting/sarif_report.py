"""The audit as SARIF 2.1.0, the format of code scanning services."""

from __future__ import annotations

import json
from urllib.parse import quote

from flake8_auditrules import __version__
from flake8_auditrules.reporting.record import Audit, Record, Status, describe
from flake8_auditrules.rule import Severity, Step

# Named in the specification, section 3.13.3; it identifies the schema and is not fetched.
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_RANKS = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
    Severity.INFO: "0.5",
}
_STATES = {
    Status.NEW: "new",
    Status.EXISTING: "unchanged",
    Status.REGRESSION: "new",
    Status.FIXED: "absent",
}


def render(audit: Audit) -> str:
    """The whole log: one run with all rules that ran and all results."""
    codes = sorted({*audit.codes, *(record.code for record in audit.records)})
    positions = {code: position for position, code in enumerate(codes)}
    run = {
        "tool": {
            "driver": {
                "name": "flake8-auditrules",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(record, positions[record.code]) for record in audit.records],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str) -> dict[str, object]:
    known = describe(code)
    return {
        "id": code,
        "name": known.name,
        "shortDescription": {"text": known.summary},
        "fullDescription": {"text": known.summary},
        "help": {"text": known.impact},
        "defaultConfiguration": {"level": _LEVELS[known.severity]},
        "properties": {
            "tags": [known.category.value, known.severity.name.lower()],
            "security-severity": _RANKS[known.severity],
        },
    }


def _result(record: Record, position: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": record.code,
        "ruleIndex": position,
        "level": _LEVELS[record.description.severity],
        "message": {"text": record.text},
        "locations": [_location(record.path, record.line, record.column, record.end_line)],
        "partialFingerprints": {"auditrules/v1": record.identity.fingerprint},
        "baselineState": _STATES[record.status],
        "properties": {"status": record.status.value, "category": record.description.category.value},
    }
    if record.steps:
        result["codeFlows"] = [{"threadFlows": [{"locations": [_step(step) for step in record.steps]}]}]
    return result


def _location(path: str, line: int, column: int, end_line: int) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": _address(path)}}
    if line:
        physical["region"] = {"startLine": line, "startColumn": max(1, column), "endLine": max(line, end_line)}
    return {"physicalLocation": physical}


def _address(path: str) -> str:
    """The path as an address: a relative reference below the folder of the run, or a file address."""
    plain = path.replace("\\", "/").removeprefix("./")
    if plain.startswith("/"):
        return f"file://{quote(plain)}"
    if plain[1:3] == ":/":  # a drive
        return f"file:///{plain[:2]}{quote(plain[2:])}"
    return quote(plain)


def _step(step: Step) -> dict[str, object]:
    location = _location(step.path, step.line, 1, step.line)
    location["message"] = {"text": step.text}
    return {"location": location}
