"""Each of the other linters can be run, and its reports are read as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracles.peers import PEERS, Report

TEXT = """\
import asyncio
import logging

logger = logging.getLogger(__name__)


async def report(read):
    try:
        asyncio.create_task(read())
        open("report")  # noqa
    except BaseException:
        logger.error("no report")
"""


@pytest.mark.parametrize(
    ("name", "reports"),
    [
        ("ruff", {"ASYNC230": 10, "RUF006": 9}),
        ("flake8-async", {"ASYNC230": 10, "ASYNC300": 9}),
        ("flake8-bugbear", {"B036": 11}),
        ("flake8-logging", {"LOG005": 12}),
        ("tryceratops", {"TRY400": 12}),
    ],
)
def test_reports_are_read(name: str, reports: dict[str, int], tmp_path: Path) -> None:
    file = tmp_path / "below" / "a long name of a folder that no narrow terminal shows in one line" / "example.py"
    file.parent.mkdir(parents=True)
    file.write_text(TEXT, encoding="utf-8")
    path = file.relative_to(tmp_path).as_posix()
    assert PEERS[name](tmp_path, reports, ()) == {Report(path, line, code) for code, line in reports.items()}
