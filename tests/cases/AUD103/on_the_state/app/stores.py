"""Stores of several kinds."""

import sqlite3

connection = sqlite3.connect("/var/lib/app/items.db")


class Store:
    def rows(self, key: str) -> list[tuple[str]]:
        return connection.execute("select value from items where key = ? order by value", (key,)).fetchall()


class MemoryStore:
    def rows(self, key: str) -> list[tuple[str]]:
        return [(key,)]


class AsyncStore:
    async def rows(self, key: str) -> list[tuple[str]]:
        return [(key,)]
