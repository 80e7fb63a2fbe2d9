"""Issues out of findings; the commands are run by a shell with a `gh` that writes down what it is told."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from flake8_auditrules.config import ConfigurationError
from flake8_auditrules.reporting import issue_drafts
from flake8_auditrules.reporting.issue_drafts import KnownIssue
from flake8_auditrules.reporting.record import Status
from tests.reporting import samples


def test_one_for_each_rule_and_scope_that_has_new_findings() -> None:
    audit = samples.audit(
        samples.record(),
        samples.record(line=9, ordinal=1),
        samples.record(scope="Jobs.stop"),
        samples.record(path="b.py", status=Status.EXISTING),
        samples.record(path="c.py", status=Status.FIXED),
        samples.record(path="d.py", status=Status.REGRESSION),
    )
    drafts = issue_drafts.drafts(audit, ())
    assert len(drafts) == 3
    first = drafts[0]
    assert first.title.startswith("[2026-01-02] ") and first.title.endswith("bare-except: app/jobs.py::Jobs.run")
    assert first.labels[0] == "audit" and len(first.labels) == 3
    assert "app/jobs.py:3" in first.body and "app/jobs.py:9" in first.body
    for section in (
        "Summary",
        "Evidence",
        "Impact",
        "Related",
        "Proposed fix",
        "Acceptance criteria",
        "Test plan",
    ):
        assert f"### {section}\n\n" in first.body


def test_titles_are_compared_without_the_date() -> None:
    audit = samples.audit(samples.record())
    (draft,) = issue_drafts.drafts(audit, ())
    earlier = draft.title.replace("2026-01-02", "2024-12-31")
    assert draft.outcome == "created"
    for known, outcome in (
        ([KnownIssue(4, earlier, True)], "duplicate of #4"),
        ([KnownIssue(5, earlier, False)], "regression of #5"),
        ([KnownIssue(4, earlier, True), KnownIssue(9, earlier, False)], "duplicate of #4"),
        ([KnownIssue(6, earlier + "x", True)], "created"),
    ):
        assert issue_drafts.drafts(audit, known)[0].outcome == outcome


def test_report_holds_new_ones_and_a_table_of_all() -> None:
    audit = samples.full()
    first = issue_drafts.drafts(audit, ())[0]
    text = issue_drafts.render(audit, [KnownIssue(7, first.title, True)])
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    cells = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "td_open"]
    assert cells[1::2] == ["duplicate of #7", *["created"] * (len(issue_drafts.drafts(audit, ())) - 1)]
    titles = [
        tokens[at + 1].content
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]
    assert len(titles) == cells[1::2].count("created") + 1
    assert "## Commands" not in text


def test_commands_say_exactly_what_the_drafts_say(tmp_path: Path) -> None:
    audit = samples.full()
    drafts = issue_drafts.drafts(audit, ())
    known = [KnownIssue(3, drafts[0].title, False), KnownIssue(4, drafts[1].title, True)]
    text = issue_drafts.render(audit, known, commands=True)
    tokens = MarkdownIt("commonmark").parse(text)
    script = next(token.content for token in tokens if token.type == "fence" and token.info == "sh")
    recorder = tmp_path / "gh"
    recorder.write_text(
        "#!/usr/bin/env python3\nimport json, sys\n"
        f"open({str(tmp_path / 'told')!r}, 'a').write(json.dumps(sys.argv[1:]) + '\\n')\n",
        encoding="utf-8",
    )
    recorder.chmod(0o755)
    subprocess.run(
        ["sh", "-e", "-c", script], check=True, env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    )
    told = [json.loads(line) for line in (tmp_path / "told").read_text(encoding="utf-8").split("\n")[:-1]]
    assert told[0] == ["issue", "reopen", "3", "--comment", drafts[0].body]
    assert len(told) == len(drafts) - 1
    for arguments, draft in zip(told[1:], drafts[2:], strict=True):
        labels = [part for label in draft.labels for part in ("--label", label)]
        assert arguments == ["issue", "create", "--title", draft.title, *labels, "--body", draft.body]


def test_known_issues_are_read(tmp_path: Path) -> None:
    file = tmp_path / "issues.json"
    file.write_text('[{"number": 3, "title": "t", "state": "OPEN", "labels": []}]', encoding="utf-8")
    assert issue_drafts.read_known(file) == (KnownIssue(3, "t", True),)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'[{"number": "3"}]', b"[1]", b"\xff", b'[{"title": "t", "state": "OPEN"}]']
)
def test_other_files_are_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "issues.json"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        issue_drafts.read_known(file)
    assert str(file) in str(caught.value) and "\n" not in str(caught.value)
