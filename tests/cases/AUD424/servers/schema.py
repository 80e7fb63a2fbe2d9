import psycopg
import sqlite3

NOTES = "CREATE TABLE notes (user_id INTEGER REFERENCES users(id) ON DELETE CASCADE)"


def forget(connection, user_id):
    connection.execute("DELETE FROM users WHERE id = ?", (user_id,))
