"""A protocol's property may be an attribute of what fills it."""

import sqlite3
import sys

if sys.version_info >= (3, 8):
    from typing import Protocol
else:

    class Protocol:
        """What stands in for it on old versions."""


class Store(Protocol):
    @property
    def path(self) -> str: ...

    def save(self, text: str) -> None: ...

    def load(self) -> str: ...


class Table:
    def __init__(self, path: str) -> None:
        self.path = path
        self._connection = sqlite3.connect(path)

    def save(self, text: str) -> None:
        self._connection.execute("insert into texts values (?)", (text,))

    def load(self) -> str:
        return ""


class Service:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep(self, text: str) -> str:
        self._store.save(text)  # AUD103
        return self._store.load()
