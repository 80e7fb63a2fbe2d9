import sqlite3


class Undoing:
    def __init__(self, path):
        self._rows = sqlite3.connect(path, check_same_thread=False)

    def replace(self, key, value):
        try:
            self._rows.execute("DELETE FROM entries WHERE key = ?", (key,))
            self._rows.execute("INSERT INTO entries VALUES (?, ?)", (key, value))
            self._rows.commit()
        except sqlite3.Error:
            self._rows.rollback()
            raise
