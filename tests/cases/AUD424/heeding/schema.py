import sqlite3

NOTES = "CREATE TABLE notes (user_id INTEGER REFERENCES users(id) ON DELETE CASCADE)"


def connect(path):
    connection = sqlite3.connect(path)
    connection.execute("pragma foreign_keys=1")
    connection.execute(NOTES)
    return connection


def forget(connection, user_id):
    connection.execute("DELETE FROM users WHERE id = ?", (user_id,))
