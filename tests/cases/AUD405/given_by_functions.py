"""A connection that a function opens and gives: the `with` block of its caller commits, and leaves it open."""

import sqlite3
from contextlib import closing, contextmanager
from functools import lru_cache

import psycopg


class Rows:
    def __init__(self, path):
        self._path = path

    def _connect(self):
        connection = sqlite3.connect(self._path, timeout=5)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def count(self):
        with self._connect() as connection:  # AUD405
            return connection.execute("SELECT count(*) FROM row").fetchone()[0]

    def clear(self):
        with self._connect() as connection:  # AUD405
            connection.execute("DELETE FROM row")


class Closing:
    def __init__(self, path):
        self._path = path

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path)

    def count(self):
        with closing(self._connect()) as connection:
            return connection.execute("SELECT count(*) FROM row").fetchone()[0]

    def clear(self):
        with self._connect() as connection:
            connection.execute("DELETE FROM row")
        connection.close()

    def trim(self):
        with self._connect() as connection, closing(connection):
            connection.execute("DELETE FROM row WHERE old")


class Keeping:
    def __init__(self, path):
        self._path = path
        self._connection = None
        self._all = []

    def _connect(self):
        if self._connection is None:
            self._connection = sqlite3.connect(self._path)
        return self._connection

    def _connect_noted(self):
        connection = sqlite3.connect(self._path)
        self._all.append(connection)
        return connection

    def _connect_kept(self):
        connection = sqlite3.connect(self._path)
        self._connection = connection
        return connection

    def count(self):
        with self._connect() as connection:
            return connection.execute("SELECT count(*) FROM row").fetchone()[0]

    def clear(self):
        with self._connect_noted() as connection:
            connection.execute("DELETE FROM row")

    def trim(self):
        with self._connect_kept() as connection:
            connection.execute("DELETE FROM row")


class ClosedAtExit(sqlite3.Connection):
    def __exit__(self, *error):
        super().__exit__(*error)
        self.close()


def connect_to(path):
    return sqlite3.connect(path)


def connect_and_close(path):
    return sqlite3.connect(path, factory=ClosedAtExit)


@lru_cache
def connect_once(path):
    return sqlite3.connect(path)


@contextmanager
def connected(path):
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()


def connect_to_server(address):
    return psycopg.connect(address)


def connect_to_any(address):
    if address.startswith("postgresql:"):
        return psycopg.connect(address)
    return sqlite3.connect(address)


def empty(path):
    with connect_to(path) as connection:  # AUD405
        connection.execute("DELETE FROM row")


def empty_and_close(path):
    with connect_and_close(path) as connection:
        connection.execute("DELETE FROM row")
    with sqlite3.connect(path, factory=ClosedAtExit) as connection:
        connection.execute("DELETE FROM row")


def empty_shared(path):
    with connect_once(path) as connection:
        connection.execute("DELETE FROM row")


def empty_managed(path):
    with connected(path) as connection:
        connection.execute("DELETE FROM row")


def empty_on_server(address):
    with connect_to_server(address) as connection:
        connection.execute("DELETE FROM row")


def empty_any(address):
    with connect_to_any(address) as connection:
        connection.execute("DELETE FROM row")
