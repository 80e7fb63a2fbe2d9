import sqlite3

from shop.files import forget, restrict, restrict_or_fail, restrict_text


def count(path):
    connection = sqlite3.connect(path)
    restrict(path)
    forget(path)
    try:
        return connection.execute("SELECT count(*) FROM row").fetchone()
    finally:
        connection.close()


def count_or_fail(path):
    connection = sqlite3.connect(path)  # AUD405
    restrict_or_fail(path)
    try:
        return connection.execute("SELECT count(*) FROM row").fetchone()
    finally:
        connection.close()


def count_written(path):
    connection = sqlite3.connect(path)  # AUD405
    restrict_text(path)
    try:
        return connection.execute("SELECT count(*) FROM row").fetchone()
    finally:
        connection.close()


def count_later(path, load):
    connection = sqlite3.connect(path)  # AUD405
    restrict(path)
    load()
    try:
        return connection.execute("SELECT count(*) FROM row").fetchone()
    finally:
        connection.close()
