"""The Markdown report, read by markdown-it-py."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from flake8_auditrules.registry import all_rules, families
from flake8_auditrules.reporting import markdown_report
from flake8_auditrules.reporting.record import Status
from flake8_auditrules.rules.errors.bare_except import BareExcept
from tests.reporting import samples


def read(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def headings(tokens: list[Token], tag: str) -> list[str]:
    return [
        tokens[at + 1].content
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == tag
    ]


def test_parts() -> None:
    audit = samples.full()
    tokens = read(markdown_report.render(audit))
    assert headings(tokens, "h1") == ["Audit"]
    assert headings(tokens, "h2") == ["Summary", "Findings", "Checklist"]
    assert len(headings(tokens, "h3")) == len(audit.records) + sum(bool(one.rules) for one in families())


def test_summary_counts_every_record() -> None:
    audit = samples.full()
    tokens = read(markdown_report.render(audit))
    cells = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "td_open"]
    assert sum(int(cell) for cell in cells if cell.isdigit()) == len(audit.records)
    assert [cell for cell in cells if not cell.isdigit()] == ["critical", "high", "medium", "low", "info"]


def test_evidence_is_whole_and_marked() -> None:
    audit = samples.full()
    blocks = [token.content for token in read(markdown_report.render(audit)) if token.type == "fence"]
    with_source = [record for record in audit.records if record.source]
    assert len(blocks) == len(with_source)
    for block, record in zip(blocks, with_source, strict=True):
        lines = block.rstrip("\n").split("\n")
        assert [line[8:] for line in lines] == list(record.source)
        assert [line[0] for line in lines] == [">", *" " * (len(lines) - 1)]


def test_each_finding_says_all() -> None:
    text = markdown_report.render(samples.full())
    for record in samples.full().records:
        part = next(
            part
            for part in text.split("\n### ")
            if part.startswith(record.code) and record.path in part and f"Status: {record.status.value}" in part
        )
        assert f"Severity: {record.description.severity.name.lower()}" in part
        assert f"Category: {record.description.category.value}" in part
        if record.status is not Status.FIXED:
            assert "**Impact.**" in part and "**Suggested fix.**" in part


def test_checklist_has_every_rule() -> None:
    text = markdown_report.render(samples.full())
    for rule in all_rules():
        assert f"] {rule.code} {rule.name}: " in text
    assert f"- [ ] AUD301 bare-except: 12 of 14 {BareExcept.examined}" in text
    assert "- [x] AUD302 " in text
