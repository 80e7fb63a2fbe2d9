import sqlite3


class TokenStore:
    def __init__(self, path):
        self._connection = sqlite3.connect(path)

    def get_token_by_hash(self, digest):
        return self._connection.execute("select * from tokens where digest = ?", (digest,)).fetchone()

    def touch_token(self, token):
        self._connection.execute("update tokens set used = 1 where id = ?", (token,))

    def count_tokens(self):
        return self._connection.execute("select count(*) from tokens").fetchone()[0]

    def list_objects(self, prefix):
        return self._connection.execute("select * from objects where name like ?", (prefix,)).fetchall()


class BothStore:
    def load_page(self, number):
        return sqlite3.connect("pages.db").execute("select * from pages").fetchone()

    async def load_page_async(self, number):
        return None


class OneQueue:
    def next_message(self):
        return sqlite3.connect("queue.db").execute("select * from messages").fetchone()


class OtherQueue:
    def next_message(self):
        return None


class Wrapping:
    """Has the methods of what it wraps."""

    def __init__(self, inner):
        self._inner = inner

    async def show_versions(self):
        return self._inner.list_versions()

    def list_versions(self):
        sqlite3.connect("versions.db").execute("select 1")
        return self._inner.list_versions()
