"""A database of SQLite without a name goes with its connection, and is mostly in memory."""

import sqlite3


async def sorted_rows(rows):
    connection = sqlite3.connect("")
    return connection, rows


async def named_rows(rows):
    connection = sqlite3.connect("rows.db")  # AUD103
    return connection, rows
