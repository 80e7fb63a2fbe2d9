"""A module that imports nothing of the project, whose functions ask a DB-API connection for one row's part each."""

import sqlite3


def connected():
    connection = sqlite3.connect("shop.db")
    connection.row_factory = sqlite3.Row
    return connection


def as_dict(connection, row):
    tags = connection.execute("SELECT tag FROM tags WHERE item_id = ?", (row["id"],)).fetchall()
    return {**dict(row), "tags": [one["tag"] for one in tags]}


def tags_of(identifier):
    connection = connected()
    try:
        return [row[0] for row in connection.execute("SELECT tag FROM tags WHERE item_id = ?", (identifier,))]
    finally:
        connection.close()


def items():
    connection = connected()
    rows = connection.execute("SELECT * FROM items LIMIT 100").fetchall()
    return [as_dict(connection, row) for row in rows]  # AUD408


def tagged():
    connection = connected()
    return [tags_of(row["id"]) for row in connection.execute("SELECT id FROM items LIMIT 100")]  # AUD408


def sums(connection, **conditions):
    clauses, values = [], {}
    for name, value in conditions.items():
        clauses.append(f"{name} = :{name}")
        values[name] = value
    return connection.execute(f"SELECT SUM(cost) FROM runs WHERE {' AND '.join(clauses)}", values).fetchone()


def costs():
    connection = connected()
    return [sums(connection, item_id=row["id"]) for row in connection.execute("SELECT id FROM items")]  # AUD408


class Store:
    def __init__(self, path):
        self._connection = sqlite3.connect(path)

    def _fetchone(self, text, values=()):
        return self._connection.execute(text, values).fetchone()

    def _fetchall(self, text, values=()):
        return self._connection.execute(text, values).fetchall()

    def counted(self):
        found = []
        for row in self._fetchall("SELECT * FROM items LIMIT 9"):
            found.append(self._fetchone("SELECT COUNT(*) FROM tags WHERE item_id = ?", (row[0],)))  # AUD408
        return found

    def cleaned(self):
        for row in self._fetchall("SELECT * FROM items LIMIT 9"):
            self._fetchone("DELETE FROM tags WHERE item_id = ?", (row[0],))


def alike(connection, prefixes):
    return [connection.execute("SELECT id FROM items WHERE name LIKE ?", (f"{one}%",)).fetchall() for one in prefixes]


def rewritten(connection, ask_llm, findings):
    for finding in findings():
        row = connection.execute("SELECT text FROM items WHERE id = ?", (finding["id"],)).fetchone()
        print(ask_llm(row["text"]))


class Cache:
    def __init__(self, connection: sqlite3.Connection):
        self.connection = connection

    def get(self, name):
        return self.connection.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()


def kept(cache: Cache, names):
    return [cache.get(name) for name in names]
