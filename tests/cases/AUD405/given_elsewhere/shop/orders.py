from shop.store import open_db


def count(path):
    with open_db(path) as connection:  # AUD405
        return connection.execute("SELECT count(*) FROM orders").fetchone()[0]


def closes(path):
    connection = open_db(path)
    try:
        return connection.execute("SELECT count(*) FROM orders").fetchone()[0]
    finally:
        connection.close()
