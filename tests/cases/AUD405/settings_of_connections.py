"""Settings that the connection alone keeps are set without a look at the file; others read it."""

import sqlite3
from contextlib import contextmanager


@contextmanager
def connected(path):
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout = 5000")
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def connected_with_log(path):
    connection = sqlite3.connect(path)  # AUD405
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_mode=WAL")
    try:
        yield connection
    finally:
        connection.close()
