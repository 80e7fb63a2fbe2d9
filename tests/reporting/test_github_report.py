"""GitHub's workflow commands, read as the runner reads them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from flake8_auditrules.reporting import github_report
from flake8_auditrules.reporting.record import Status
from tests.reporting import samples

COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


def test_commands_read_back() -> None:
    shown = [record for record in samples.full().records if record.status is not Status.FIXED]
    lines = github_report.render(samples.full()).split("\n")[:-1]
    assert len(lines) == len(shown)
    for line, record in zip(lines, shown, strict=True):
        match = COMMAND.fullmatch(line)
        assert match is not None, line
        properties = dict(part.split("=", 1) for part in match["properties"].split(","))
        assert unquote(properties["file"]) == record.path
        assert int(properties["line"]) == record.line
        assert record.description.severity.name.lower() in unquote(properties["title"])
        assert record.description.category.value in unquote(properties["title"])
        assert match["message"].replace("%25", "%") == f"{record.status.value}: {record.text}"
