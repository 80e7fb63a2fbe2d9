"""JUnit XML, read by junitparser."""

from __future__ import annotations

from junitparser import Failure, JUnitXml

from flake8_auditrules.registry import all_rules
from flake8_auditrules.reporting import junit_report
from flake8_auditrules.reporting.record import Status
from tests.reporting import samples


def test_a_suite_a_rule_and_a_failure_a_finding() -> None:
    audit = samples.full()
    document = JUnitXml.fromstring(junit_report.render(audit).encode("utf-8"))
    suites = list(document)
    shown = [record for record in audit.records if record.status is not Status.FIXED]
    assert {suite.name.split()[0] for suite in suites} == {
        *(rule.code for rule in all_rules()),
        *(record.code for record in shown),
    }
    failures = [
        (case, result)
        for suite in suites
        for case in suite
        for result in case.result
        if isinstance(result, Failure)
    ]
    assert len(failures) == len(shown) == document.failures
    assert document.tests == sum(len(list(suite)) for suite in suites)
    for suite in suites:
        assert suite.tests == len(list(suite))
    said = {result.type for _, result in failures}
    assert "high logic NEW" in said and any(kind.endswith("Regression") for kind in said)


def test_what_xml_cannot_hold_is_replaced() -> None:
    document = JUnitXml.fromstring(junit_report.render(samples.full()).encode("utf-8"))
    texts = [result.message for suite in document for case in suite for result in case.result]
    assert any("]]>" in text and "\x0c" not in text and "\ufffd" in text for text in texts)
