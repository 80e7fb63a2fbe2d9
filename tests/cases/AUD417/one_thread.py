"""A file of SQLite in a program of one thread: nobody comes between."""

import sqlite3


def remember(connection: sqlite3.Connection, name):
    row = connection.execute("SELECT 1 FROM tags WHERE name = ?", (name,)).fetchone()
    if row is None:
        connection.execute("INSERT INTO tags (name) VALUES (?)", (name,))
