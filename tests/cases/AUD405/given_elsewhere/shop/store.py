import sqlite3


def open_db(path):
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return connection
