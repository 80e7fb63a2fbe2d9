"""Connections of drivers that commit each row."""

import sqlite3
from contextlib import closing


def store(path, rows):
    with closing(sqlite3.connect(path)) as conn:
        for row in rows:
            conn.execute("INSERT INTO row (name) VALUES (?)", (row,))
            conn.commit()  # AUD404


class Store:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)

    def add(self, rows):
        cursor = self.conn.cursor()
        for row in rows:
            cursor.execute("INSERT INTO row (name) VALUES (?)", (row,))
            self.conn.commit()  # AUD404

    def add_at_once(self, rows):
        for row in rows:
            self.conn.execute("INSERT INTO row (name) VALUES (?)", (row,))
        self.conn.commit()

    def add_again(self, rows):
        for row in rows:
            self.conn.execute("INSERT OR IGNORE INTO row (name) VALUES (?)", (row,))
            self.conn.commit()

    def upsert(self, rows):
        for row in rows:
            self.conn.execute("INSERT INTO row (name) VALUES (?) ON CONFLICT (name) DO NOTHING", (row,))
            self.conn.commit()

    def touch(self, rows):
        for row in rows:
            self.conn.execute("UPDATE row SET seen = 1 WHERE name = ?", (row,))
            self.conn.commit()

    def add_each(self, rows, report):
        for row in rows:
            try:
                self.conn.execute("INSERT INTO row (name) VALUES (?)", (row,))
                self.conn.commit()
            except sqlite3.Error as error:
                report(error)

    def add_own(self):
        for row in ("first", "second"):
            self.conn.execute("INSERT INTO row (name) VALUES (?)", (row,))
            self.conn.commit()
