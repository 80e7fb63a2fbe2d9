from app.database import Database, build, database, make_database, other
import app.database as dbm
from app import database as mod


class Store:
    def __init__(self, database: Database, path):
        self.database = database
        self.opt: Database | None = database
        self.made = make_database(path)
        self.built = build(path)

    def a(self):
        with self.database.connect() as conn:  # AUD405
            conn.execute("x")

    def b(self):
        with self.opt.connect() as conn:  # AUD405
            conn.execute("x")

    def c(self):
        with self.made.connect() as conn:  # AUD405
            conn.execute("x")

    def d(self):
        with self.built.connect() as conn:  # AUD405
            conn.execute("x")


def e(db: Database):
    with db.connect() as conn:  # AUD405
        conn.execute("x")


def f():
    with database.connect() as conn:  # AUD405
        conn.execute("x")


def g():
    with other.connect() as conn:  # AUD405
        conn.execute("x")


def h(path):
    with make_database(path).connect() as conn:  # AUD405
        conn.execute("x")


def i(path):
    db = build(path)
    with db.connect() as conn:  # AUD405
        conn.execute("x")


def j():
    with mod.database.connect() as conn:  # AUD405
        conn.execute("x")


def k():
    with dbm.database.connect() as conn:  # AUD405
        conn.execute("x")

def l(store: Store):
    with store.database.connect() as conn:  # AUD405
        conn.execute("x")

_db: Database | None = None

def get_db() -> Database:
    global _db
    if _db is None:
        _db = Database("x")
    return _db

def get_db2():
    global _db
    if _db is None:
        _db = Database("x")
    return _db

def m():
    with get_db().connect() as conn:  # AUD405
        conn.execute("x")

def n():
    with get_db2().connect() as conn:  # AUD405
        conn.execute("x")

class Repo(Store):
    def o(self):
        with self.database.connect() as conn:  # AUD405
            conn.execute("x")

class Base:
    def __init__(self):
        self._path = "x"
    def _conn(self):
        import sqlite3
        return sqlite3.connect(self._path, timeout=30)
    def _connect(self):
        c = self._conn()
        c.execute("PRAGMA x")
        return c

class Child(Base):
    def p(self):
        with self._conn() as conn:  # AUD405
            conn.execute("x")
    def q(self):
        with self._connect() as conn:  # AUD405
            conn.execute("x")
