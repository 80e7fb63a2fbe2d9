import sqlite3
from contextlib import closing, contextmanager


class Database:
    def __init__(self, path):
        self.path = path

    def connect(self) -> sqlite3.Connection:
        conn = sqlite3.connect(self.path)
        conn.row_factory = sqlite3.Row
        return conn


def make_database(path) -> Database:
    return Database(path)


def build(path):
    return Database(path)


database = Database("x.db")
other = make_database("y.db")
