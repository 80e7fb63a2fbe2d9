"""Which rules of other linters ask the same as which of ours: what the tests and `benchmarks/peers.py` compare."""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """One of our codes, a linter of `peers.PEERS`, and the codes there that ask the same or a part of it."""

    ours: str
    peer: str
    theirs: tuple[str, ...]


PAIRS = (
    Pair("AUD101", "ruff", ("ASYNC251",)),
    Pair("AUD102", "ruff", ("ASYNC210", "ASYNC212")),
    Pair("AUD104", "ruff", ("ASYNC230", "ASYNC240")),
    Pair("AUD105", "ruff", ("ASYNC220", "ASYNC221", "ASYNC222")),
    Pair("AUD106", "ruff", ("ASYNC250",)),
    Pair("AUD109", "ruff", ("RUF006",)),
    Pair("AUD203", "ruff", ("S113",)),
    Pair("AUD208", "ruff", ("S323", "S501")),
    Pair("AUD211", "ruff", ("SIM115",)),
    Pair("AUD301", "ruff", ("E722",)),
    Pair("AUD302", "ruff", ("BLE001", "S110", "S112")),
    Pair("AUD303", "ruff", ("TRY400",)),
    Pair("AUD305", "ruff", ("LOG004", "LOG014")),
    Pair("AUD309", "ruff", ("T201",)),
    Pair("AUD101", "flake8-async", ("ASYNC251",)),
    Pair("AUD102", "flake8-async", ("ASYNC210", "ASYNC211", "ASYNC212")),
    Pair("AUD104", "flake8-async", ("ASYNC230", "ASYNC231", "ASYNC232", "ASYNC240")),
    Pair("AUD105", "flake8-async", ("ASYNC220", "ASYNC221", "ASYNC222")),
    Pair("AUD106", "flake8-async", ("ASYNC250",)),
    Pair("AUD109", "flake8-async", ("ASYNC300",)),
    Pair("AUD110", "flake8-async", ("ASYNC103", "ASYNC104")),
    Pair("AUD110", "flake8-bugbear", ("B001", "B036")),
    Pair("AUD303", "flake8-logging", ("LOG005",)),
    Pair("AUD305", "flake8-logging", ("LOG004", "LOG014")),
    Pair("AUD303", "tryceratops", ("TRY400",)),
)
