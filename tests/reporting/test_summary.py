"""The summary on a terminal and in a pipe."""

from __future__ import annotations

import re

from flake8_auditrules.reporting import summary
from tests.reporting import samples


def test_plain() -> None:
    text = summary.render(samples.full())
    assert "\033" not in text
    assert "app/jobs.py:3:5: " in text and "error-handling NEW AUD301" in text
    total = len(samples.full().records) - 1
    assert text.endswith(f"{total} findings in 3 files; 14 places examined by {len(samples.full().codes)} rules\n")


def test_colour_changes_nothing_else() -> None:
    coloured = summary.render(samples.full(), colour=True)
    assert "\033[" in coloured
    assert re.sub(r"\033\[[0-9;]*m", "", coloured) == summary.render(samples.full())
