import sqlite3


def rows(path):
    connection = sqlite3.connect(path)
    found = connection.execute("select * from rows").fetchall()
    connection.close()
    return found


def rows_served(path):
    connection = sqlite3.connect(path)  # AUD405
    found = connection.execute("select * from rows").fetchall()
    connection.close()
    return found
