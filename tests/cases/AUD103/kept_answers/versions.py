"""Objects that ask once and keep the answer."""

import sqlite3


class Versions:
    def __init__(self):
        self.connection = sqlite3.connect("versions.db")
        self.version = None

    def get(self):
        if self.version is not None:
            return self.version
        self.version = self.connection.execute("SELECT version FROM versions").fetchone()
        return self.version

    def is_current(self, other):
        return self.get() == other

    def latest(self):
        return self.connection.execute("SELECT max(version) FROM versions").fetchone()


versions = Versions()
others = Versions()
