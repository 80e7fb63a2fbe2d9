import sqlite3


def how_many(connection: sqlite3.Connection):
    return len(connection.execute("SELECT id FROM events").fetchall())  # AUD418


def total(cursor):
    cursor.execute("SELECT amount FROM payments WHERE paid = 1")
    rows = cursor.fetchall()  # AUD418
    return sum(row["amount"] for row in rows)


def newest(connection: sqlite3.Connection):
    rows = connection.execute("SELECT made_at FROM events").fetchall()  # AUD418
    return max(row[0] for row in rows)


def counted(connection: sqlite3.Connection):
    return len(connection.execute("SELECT id FROM events LIMIT 100").fetchall())


def grouped(connection: sqlite3.Connection):
    rows = connection.execute("SELECT kind, COUNT(*) FROM events GROUP BY kind").fetchall()
    return sum(row[1] for row in rows)


def columns(connection: sqlite3.Connection):
    return len(connection.execute("PRAGMA table_info(events)").fetchall())


def some(connection: sqlite3.Connection, owner):
    if not connection.execute("SELECT id FROM events WHERE owner = ?", (owner,)).fetchall():
        raise ValueError(owner)


def given_too(connection: sqlite3.Connection):
    rows = connection.execute("SELECT id FROM events").fetchall()
    return len(rows), rows


def of_owner(connection: sqlite3.Connection, owner):
    return len(connection.execute("SELECT id FROM events WHERE owner = ?", (owner,)).fetchall())


def is_there(connection: sqlite3.Connection):
    return len(connection.execute("SELECT name FROM sqlite_master WHERE name = 'events'").fetchall()) > 0


def one_of_all(connection: sqlite3.Connection, key):
    rows = connection.execute("SELECT id, name FROM campaigns").fetchall()  # AUD418
    return next((row for row in rows if row["id"] == key), None)
