"""A protocol of several methods that two classes of the project fulfil."""

import sqlite3
from typing import Protocol

connection = sqlite3.connect("/var/lib/app/items.db")


class Store(Protocol):
    def put(self, key: str, value: str) -> None: ...

    def rows(self, key: str) -> list[tuple[str]]: ...


class MemoryStore:
    def __init__(self) -> None:
        self.items: list[tuple[str]] = []

    def put(self, key: str, value: str) -> None:
        self.items.append((value,))

    def rows(self, key: str) -> list[tuple[str]]:
        return self.items


class TableStore:
    def put(self, key: str, value: str) -> None:
        connection.execute("insert into items values (?, ?)", (key, value))
        connection.commit()

    def rows(self, key: str) -> list[tuple[str]]:
        return connection.execute("select value from items where key = ? order by value", (key,)).fetchall()


class Service:
    def __init__(self, store: Store) -> None:
        self.store = store

    async def all_of(self, key: str) -> list[tuple[str]]:
        return self.store.rows(key)  # AUD103
