import sqlite3


class Store:
    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path)

    def get_author(self, key):
        return self.connection.execute("SELECT * FROM author WHERE id = ?", (key,)).fetchone()

    def latest(self, key, limit=10):
        return self.connection.execute("SELECT * FROM book WHERE author = ? LIMIT ?", (key, limit)).fetchall()

    def books(self):
        return self.connection.execute("SELECT * FROM book").fetchall()
