"""Stores, one of which an application keeps on its state."""

import contextlib
import sqlite3


class Store:
    def __init__(self, path):
        self.path = path

    @contextlib.contextmanager
    def connection(self):
        connection = sqlite3.connect(self.path)
        try:
            yield connection
            connection.commit()
        finally:
            connection.close()

    def projects(self):
        with self.connection() as connection:
            return connection.execute("SELECT slug, name FROM projects ORDER BY id").fetchall()

    def spent(self, slug):
        with self.connection() as connection:
            return connection.execute("SELECT SUM(cost) FROM calls WHERE slug = ?", (slug,)).fetchone()[0]

    def warm(self, slug):
        return self.spent(slug)

    def title(self, slug):
        return slug.replace("-", " ").title()


class Other:
    def spent(self, slug):
        return 0
