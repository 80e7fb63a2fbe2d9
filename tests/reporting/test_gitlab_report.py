"""GitLab's code quality JSON against a schema of the keys that its documentation asks for."""

from __future__ import annotations

import json

import jsonschema

from flake8_auditrules.reporting import gitlab_report
from tests.reporting import samples

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "minLength": 32},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "categories": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^\\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_form() -> None:
    for audit in (samples.audit(), samples.full()):
        jsonschema.validate(json.loads(gitlab_report.render(audit)), SCHEMA)


def test_fingerprints_are_unique_and_fixed_ones_are_left_out() -> None:
    found = json.loads(gitlab_report.render(samples.full()))
    assert len(found) == len(samples.full().records) - 1
    assert len({one["fingerprint"] for one in found}) == len(found)
