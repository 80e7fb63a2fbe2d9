"""A file of SQLite in a program of several threads."""

import sqlite3
import threading


def remember(connection: sqlite3.Connection, name):
    row = connection.execute("SELECT 1 FROM tags WHERE name = ?", (name,)).fetchone()
    if row is None:
        connection.execute("INSERT INTO tags (name) VALUES (?)", (name,))  # AUD417


class Store:
    def __init__(self, connection: sqlite3.Connection):
        self.connection = connection
        self.lock = threading.Lock()

    def remember(self, name):
        with self.lock:
            self._remember(name)

    def _remember(self, name):
        row = self.connection.execute("SELECT 1 FROM tags WHERE name = ?", (name,)).fetchone()
        if row is None:
            self.connection.execute("INSERT INTO tags (name) VALUES (?)", (name,))
