import sqlite3


class EventStore:
    def __init__(self, path: str) -> None:
        self._path = path

    def list_events(self):
        with sqlite3.connect(self._path) as connection:
            rows = connection.execute("SELECT * FROM events ORDER BY made_at DESC").fetchall()
        return [dict(row) for row in rows]

    def list_newest(self):
        with sqlite3.connect(self._path) as connection:
            return connection.execute("SELECT * FROM events ORDER BY made_at DESC LIMIT 100").fetchall()

    def list_of(self, owner: str):
        with sqlite3.connect(self._path) as connection:
            return connection.execute("SELECT * FROM events WHERE owner = ?", (owner,)).fetchall()

    def list_kinds(self):
        with sqlite3.connect(self._path) as connection:
            return connection.execute("SELECT name FROM kinds").fetchall()
