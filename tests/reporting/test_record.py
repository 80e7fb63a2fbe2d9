"""Identities, descriptions and the order of records."""

from __future__ import annotations

from flake8_auditrules.registry import all_rules
from flake8_auditrules.reporting.record import Identity, cure, describe, ordered
from flake8_auditrules.rule import Category, Severity
from tests.reporting import samples


def test_fingerprints_tell_every_part_apart() -> None:
    identity = Identity("a.py", "f", "AUD301", "except:", 0)
    others = [
        identity._replace(path="b.py"),
        identity._replace(scope="g"),
        identity._replace(code="AUD302"),
        identity._replace(text="except :"),
        identity._replace(ordinal=1),
        identity._replace(path="a.pyf", scope=""),
    ]
    prints = {one.fingerprint for one in (identity, *others)}
    assert len(prints) == len(others) + 1
    assert all(len(one) == 64 for one in prints)


def test_paths_that_are_no_unicode_have_a_fingerprint() -> None:
    assert len(Identity("\udcff.py", "", "AUD301", "", 0).fingerprint) == 64


def test_every_rule_is_described() -> None:
    for rule in all_rules():
        known = describe(rule.code)
        assert known.severity is rule.severity and known.category is rule.category
        assert known.summary and known.impact
    assert describe("E999").severity is Severity.HIGH and describe("E999").category is Category.LOGIC
    assert describe("W291").severity is Severity.INFO


def test_order_is_by_severity_first() -> None:
    severities = [record.description.severity for record in ordered(samples.full().records)]
    assert severities == sorted(severities, reverse=True)


def test_cure_is_what_follows_the_fact() -> None:
    assert cure(samples.record()) == "name the exceptions"
