import sqlite3

import psycopg2


def query(connection, text):
    try:
        return connection.execute(text).fetchall()
    except sqlite3.OperationalError as error:
        if "readonly" in str(error):
            return None
        raise


def add(cursor, name):
    try:
        cursor.execute("insert into users values (%s)", (name,))
    except psycopg2.Error as error:
        if "duplicate key" in str(error):  # AUD314
            return False
        raise
