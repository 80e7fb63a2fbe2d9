"""The elements of a tuple that a function returns are known by their places; what is handed in may be left out."""

import sqlite3
from pathlib import Path
from typing import Any


def opened(path: Path):
    if not path.suffix:
        return None, False
    return sqlite3.connect(path), True


def annotated(path: Path) -> tuple[bool, sqlite3.Connection]:
    return True, sqlite3.connect(path)


def mixed(path: Path):
    if not path.suffix:
        return Table(), False
    return sqlite3.connect(path), True


class Table:
    def execute(self, statement):
        return statement


async def of_returned(path: Path):
    connection, is_new = opened(path)  # AUD103
    connection.execute("SELECT 1")  # AUD103
    is_new.execute("SELECT 1")


async def of_annotated(path: Path):
    is_new, connection = annotated(path)  # AUD103
    connection.execute("SELECT 1")  # AUD103
    return is_new


async def of_mixed(path: Path):
    connection, _ = mixed(path)  # AUD103
    connection.execute("SELECT 1")


class Store:
    def __init__(self, path: Path, connection=None, other: Any = None, third: Table | None = None) -> None:
        if connection is not None:
            self.connection = connection
        else:
            self.connection = sqlite3.connect(path)
        self.other = other if other is not None else sqlite3.connect(path)
        if third is not None:
            self.third = third
        else:
            self.third = sqlite3.connect(path)

    async def count(self):
        return self.connection.execute("SELECT count(*) FROM seen")  # AUD103

    async def count_others(self):
        return self.other.execute("SELECT count(*) FROM seen")  # AUD103

    async def count_third(self):
        return self.third.execute("SELECT count(*) FROM seen")
