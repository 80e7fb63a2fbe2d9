import sqlite3
from contextlib import asynccontextmanager

import aiosqlite


class Shared:
    def __init__(self, path):
        self._rows = sqlite3.connect(path, check_same_thread=False)

    def two_writes(self, key, value):
        self._rows.execute("DELETE FROM entries WHERE key = ?", (key,))
        self._rows.execute("INSERT INTO entries VALUES (?, ?)", (key, value))  # AUD420
        self._rows.commit()

    def two_by_a_cursor(self, key, value):
        cursor = self._rows.cursor()
        cursor.execute("UPDATE totals SET n = n + 1")
        cursor.execute("INSERT INTO entries VALUES (?, ?)", (key, value))  # AUD420
        self._rows.commit()

    def in_a_loop(self, rows):
        for row in rows:
            self._rows.execute("INSERT INTO entries VALUES (?, ?)", row)  # AUD420
        self._rows.commit()

    def one_write(self, key, value):
        self._rows.execute("INSERT INTO entries VALUES (?, ?)", (key, value))
        self._rows.commit()

    def each_with_its_commit(self, key, value):
        self._rows.execute("DELETE FROM entries WHERE key = ?", (key,))
        self._rows.commit()
        self._rows.execute("INSERT INTO entries VALUES (?, ?)", (key, value))
        self._rows.commit()

    def in_the_block_of_the_connection(self, key, value):
        with self._rows:
            self._rows.execute("DELETE FROM entries WHERE key = ?", (key,))
            self._rows.execute("INSERT INTO entries VALUES (?, ?)", (key, value))
        self._rows.commit()

    def either_of_two(self, key, value, new):
        if new:
            self._rows.execute("INSERT INTO entries VALUES (?, ?)", (key, value))
        else:
            self._rows.execute("UPDATE entries SET value = ? WHERE key = ?", (value, key))
        self._rows.commit()

    def deletes_that_hardly_fail(self, key):
        self._rows.execute("DELETE FROM entries WHERE key = ?", (key,))
        self._rows.execute("DELETE FROM totals WHERE key = ?", (key,))
        self._rows.commit()

    def what_is_there_already_is_left(self, key, value):
        self._rows.execute("DELETE FROM totals WHERE key = ?", (key,))
        self._rows.execute("INSERT OR IGNORE INTO entries VALUES (?, ?)", (key, value))
        self._rows.commit()

    def commits_nothing_itself(self, key, value):
        self._rows.execute("DELETE FROM entries WHERE key = ?", (key,))
        self._rows.execute("INSERT INTO entries VALUES (?, ?)", (key, value))


class OfOneThread:
    def __init__(self, path):
        self._own = sqlite3.connect(path)

    def replace(self, key, value):
        self._own.execute("DELETE FROM entries WHERE key = ?", (key,))
        self._own.execute("INSERT INTO entries VALUES (?, ?)", (key, value))
        self._own.commit()


class ForCoroutines:
    _db: aiosqlite.Connection | None = None

    async def _connection(self):
        if self._db is None:
            self._db = await aiosqlite.connect("entries.db")
        return self._db

    async def replace(self, key, value):
        db = await self._connection()
        await db.execute("DELETE FROM entries WHERE key = ?", (key,))
        await db.execute("INSERT INTO entries VALUES (?, ?)", (key, value))  # AUD420
        await db.commit()

    async def remove(self, key):
        # Whoever waits for it can be cancelled at the second await.
        db = await self._connection()
        await db.execute("DELETE FROM entries WHERE key = ?", (key,))
        await db.execute("DELETE FROM totals WHERE key = ?", (key,))  # AUD420
        await db.commit()

    async def under_a_transaction(self, key, value):
        db = await self._connection()
        async with transaction(db):
            await db.execute("DELETE FROM entries WHERE key = ?", (key,))
            await db.execute("INSERT INTO entries VALUES (?, ?)", (key, value))
        await db.commit()

    async def on_a_connection_of_its_own(self, key, value):
        async with aiosqlite.connect("entries.db") as db:
            await db.execute("DELETE FROM entries WHERE key = ?", (key,))
            await db.execute("INSERT INTO entries VALUES (?, ?)", (key, value))
            await db.commit()


class OpenedLater:
    def __init__(self):
        self._later = None

    async def start(self):
        self._later = await aiosqlite.connect("entries.db")

    async def replace(self, key, value):
        await self._later.execute("DELETE FROM entries WHERE key = ?", (key,))
        await self._later.execute("INSERT INTO entries VALUES (?, ?)", (key, value))  # AUD420
        await self._later.commit()


@asynccontextmanager
async def transaction(db):
    yield db
