"""The value of a member of an enumeration is written in the program."""

import sqlite3


def rows_of(connection: sqlite3.Connection, table):
    return connection.execute(f"SELECT name FROM sqlite_master WHERE name = '{table.value}'").fetchall()


def rows_named(connection: sqlite3.Connection, table):
    return connection.execute(f"SELECT name FROM sqlite_master WHERE name = '{table}'").fetchall()  # AUD410
