import sqlite3


def query(connection, text):
    try:
        return connection.execute(text).fetchall()
    except sqlite3.OperationalError as error:
        if "readonly" in str(error):  # AUD314
            return None
        raise
