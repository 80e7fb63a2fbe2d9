"""Every rule: bad examples are reported exactly at their marks, good ones not, the declaration is whole."""

from __future__ import annotations

import ast
import re
import string

import pytest

from flake8_auditrules.examples import files_of, marks_of, results_on_files, run_on_files
from flake8_auditrules.knowledge.catalogue import NAMES
from flake8_auditrules.registry import all_rules
from flake8_auditrules.rule import Category, IncompleteRuleError, Rule, Severity
from tests.conftest import assert_marks, case_files

RULES = all_rules()
OLDEST = (3, 10)
BAD = [pytest.param(rule, text, id=f"{rule.code}-{n}") for rule in RULES for n, text in enumerate(rule.bad)]
GOOD = [pytest.param(rule, text, id=f"{rule.code}-{n}") for rule in RULES for n, text in enumerate(rule.good)]
CASES = [
    pytest.param(rule, files, id=f"{rule.code}-{name}") for rule in RULES for name, files in case_files(rule.code)
]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_bad_example_is_reported_at_its_marks(rule: type[Rule], text: str) -> None:
    files = files_of(text)
    assert any(mark.code == rule.code for mark in marks_of(files)), "a bad example needs a mark"
    assert_marks(rule, files)


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_good_example_is_silent(rule: type[Rule], text: str) -> None:
    assert run_on_files([rule], files_of(text)) == []


@pytest.mark.parametrize(("rule", "files"), CASES)
def test_corner_cases(rule: type[Rule], files: dict[str, str]) -> None:
    assert_marks(rule, files)


@pytest.mark.parametrize(("rule", "text"), BAD + GOOD)
def test_examples_are_python_of_every_supported_version(rule: type[Rule], text: str) -> None:
    """A rule is shown and tested on each version: none of its examples needs syntax that the oldest lacks."""
    for name, content in files_of(text).items():
        if name.endswith(".py"):
            ast.parse(content, feature_version=OLDEST)


@pytest.mark.parametrize(("rule", "text"), BAD + GOOD)
def test_one_defect_gives_one_report(rule: type[Rule], text: str) -> None:
    """
    All rules together report on a bad example's marked lines no other code, as the precedence says.

    Opinions are about what is missing, several of them at one application, and off by default.
    """
    together = [one for one in RULES if one is rule or not one.code.startswith("AUD9")]
    files = files_of(text)
    marked = {(mark.file, mark.line) for mark in marks_of(files)}
    codes = {(mark.file, mark.line, mark.code) for mark in marks_of(files)}
    for file, finding in run_on_files(together, files):
        if (file, finding.line) in marked:
            assert (file, finding.line, finding.code) in codes, (
                f"{file}:{finding.line} {finding.code} {finding.text}"
            )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_declaration(rule: type[Rule]) -> None:
    assert NAMES.get(rule.code, rule.name) == rule.name
    assert len(rule.bad) + len(rule.good) <= 4 or len(rule.bad) <= 4
    for text in rule.bad + rule.good:
        for name, source in files_of(text).items():
            if name.endswith(".py"):
                ast.parse(source)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_message_form(rule: type[Rule]) -> None:
    message = rule.message
    parts = list(string.Formatter().parse(message))
    fixed = "".join(literal for literal, *_ in parts)
    assert len(fixed) <= 100, f"{len(fixed)} characters before names go in"
    assert "\n" not in message
    assert not message.endswith(".")
    assert re.match(r"([a-z ]+)?`@?\{", message), "starts with what was found"
    assert ";" in message, "names a cure after the fact"


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_message_as_given(rule: type[Rule], text: str) -> None:
    for _, finding in run_on_files([rule], files_of(text)):
        assert "\n" not in finding.text
        assert not finding.text.endswith(".")
        assert "`" in finding.text


def test_a_rule_that_is_not_whole_is_refused() -> None:
    with pytest.raises(IncompleteRuleError, match=r"test_rules\.py:\d+: rule Half has no `category`"):

        class Half(Rule):
            code = "AUD999"
            severity = Severity.LOW


def test_a_rule_without_document_is_refused() -> None:
    declared = {
        "code": "AUD999",
        "severity": Severity.LOW,
        "category": Category.LOGIC,
        "message": "`{x}` is; do",
        "since": "0.1.0",
        "bad": ("x  # AUD999",),
        "good": ("y",),
        "visit_Name": lambda self, node: None,
    }
    with pytest.raises(IncompleteRuleError, match="docstring without"):
        type("Undocumented", (Rule,), declared)


def test_codes_are_in_the_catalogue_under_one_name() -> None:
    assert len(set(NAMES.values())) == len(NAMES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_was_examined_is_said_and_counted(rule: type[Rule]) -> None:
    """A rule says in words what it examined, and its counts know good places and faulty ones."""
    assert rule.examined != Rule.examined, "`examined` names the places and their good state"
    assert " " in rule.examined and not rule.examined.endswith("."), "it goes on after a count"
    counts = [0, 0]
    sources = [files_of(text) for text in rule.bad + rule.good] + [files for _, files in case_files(rule.code)]
    for files in sources:
        for _, result in results_on_files([rule], files):
            for examined in result.examined.values():
                counts[0] += examined.places
                counts[1] += examined.good
    assert 0 < counts[1] < counts[0]
