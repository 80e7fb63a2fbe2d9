"""docs/rules is as generated, and every code stands in CHANGELOG.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flake8_auditrules.registry import all_rules, families
from flake8_auditrules.reporting import rule_pages

ROOT = Path(__file__).parent.parent
PAGES = [pytest.param(rule, family, id=rule.code) for family in families() for rule in family.rules]


@pytest.mark.parametrize(("rule", "family"), PAGES)
def test_page_is_current(rule: type, family: object) -> None:
    file = ROOT / "docs" / "rules" / f"{rule.code}.md"  # type: ignore[attr-defined]
    assert file.is_file(), "run `python -m flake8_auditrules docs`"
    assert file.read_text(encoding="utf-8") == rule_pages.page(rule, family), (  # type: ignore[arg-type]
        "run `python -m flake8_auditrules docs`"
    )


def test_index_is_current() -> None:
    assert (ROOT / "docs/rules/index.md").read_text(encoding="utf-8") == rule_pages.index(families())


def test_no_page_is_left_over() -> None:
    pages = {file.stem for file in (ROOT / "docs/rules").glob("AUD*.md")}
    assert pages == {rule.code for rule in all_rules()}


def test_changelog_names_every_rule() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    lines = re.findall(r"^- (AUD\d{3}) ([a-z0-9-]+): ", text, re.MULTILINE)
    for rule in all_rules():
        assert (rule.code, rule.name) in lines, f"{rule.code} {rule.name} is missing under New rules"


def test_readme_shows_a_real_message() -> None:
    """The finding shown in README is one that the rules give on their own examples."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"(AUD\d{3}) (.+)", text.partition("```text")[2].partition("```")[0])
    assert shown
    for code, message in shown:
        page = (ROOT / "docs" / "rules" / f"{code}.md").read_text(encoding="utf-8")
        assert message.strip() in page
