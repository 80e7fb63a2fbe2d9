"""Effects: what a blocking call waits for, and how a library's blocking calls are written down."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from flake8_auditrules.records import NamedTuple


class Effect(enum.Enum):
    """What a blocking call waits for."""

    SLEEP = "sleep"
    NETWORK = "network"
    DATABASE = "database"
    FILE = "file"
    PROCESS = "process"
    WAIT = "wait"
    LOOP = "loop"
    """It runs an event loop of its own, which raises where one is running."""


class Library(NamedTuple):
    """
    A library's blocking calls.

    `functions` are qualified names, parted by blanks; `methods` maps classes to the names of their blocking
    methods; `clients` maps classes all of whose public methods block, also those of what their attributes
    hold (`client.chat.completions.create`), to the names of methods and attributes that do not.
    """

    name: str
    effect: Effect
    cure: str
    functions: str = ""
    methods: Mapping[str, str] = {}
    clients: Mapping[str, str] = {}
