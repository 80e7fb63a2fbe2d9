"""Statements that take no parameters."""

from sqlalchemy import text


def create(connection, encoding):
    connection.execute(text(f"CREATE DATABASE shop ENCODING '{encoding}'"))


def find(connection, encoding):
    return connection.execute(text(f"SELECT name FROM shops WHERE encoding = '{encoding}'"))  # AUD410
