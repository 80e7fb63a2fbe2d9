import logging
import sqlite3

import psycopg2
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker()
logger = logging.getLogger(__name__)
_opened = {}


def get_db(path):
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    connection.execute("CREATE TABLE IF NOT EXISTS orders (name)")
    return connection


def get_session():
    return SessionLocal()


def connect_or_none(url):
    try:
        return psycopg2.connect(url)
    except psycopg2.OperationalError:
        logger.exception("No database")
        return None


def shared_db(path):
    if path not in _opened:
        _opened[path] = sqlite3.connect(path)
    return _opened[path]


def kept_db(path):
    connection = sqlite3.connect(path)
    _opened[path] = connection
    return connection


class Store:
    def __init__(self, path):
        self.path = path

    def _db(self):
        return get_db(self.path)

    def count(self):
        connection = self._db()  # AUD405
        found = connection.execute("SELECT count(*) FROM orders").fetchone()
        connection.close()
        return found
