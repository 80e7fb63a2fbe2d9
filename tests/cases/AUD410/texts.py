import sqlite3

import psycopg2
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session

app = FastAPI()
TABLE = "user"


def joins_with_plus(cursor, name):
    cursor.execute("SELECT id FROM user WHERE name = '" + name + "'")  # AUD410


def formats_with_percent(cursor, name: str, limit: int):
    cursor.execute("SELECT id FROM user WHERE name = '%s' LIMIT %d" % (name, limit))  # AUD410


def formats_with_braces(session: Session, name: str):
    statement = "SELECT id FROM {} WHERE name LIKE '%{}%'".format(TABLE, name.strip())
    return session.execute(text(statement)).all()  # AUD410


def adds_a_condition(cursor, since, kind=None):
    query = "SELECT id FROM user"
    if kind:
        query += f" WHERE kind = '{kind}'"
    cursor.execute(query)  # AUD410


def lists_values(cursor, names: list[str]):
    quoted = ", ".join(f"'{name}'" for name in names)
    cursor.execute(f"SELECT id FROM user WHERE name IN ({quoted})")  # AUD410


def reads_an_attribute(cursor, user):
    cursor.execute(f"DELETE FROM user WHERE name = '{user.name}'")  # AUD410


@app.get("/users")
def sorted_users(session, order: str = "name"):
    return session.execute(text(f"SELECT id FROM user ORDER BY {order}")).all()  # AUD410


def binds(cursor, name):
    cursor.execute("SELECT id FROM user WHERE name = %s", (name,))


def writes_placeholders(cursor, names):
    marks = ", ".join("?" * len(names))
    cursor.execute(f"SELECT id FROM user WHERE name IN ({marks})", names)


def writes_named_placeholders(session: Session, names):
    marks = ", ".join(f":name{number}" for number, _ in enumerate(names))
    session.execute(text(f"SELECT id FROM user WHERE name IN ({marks})"))


def writes_a_number(cursor, limit: int, offset=0):
    cursor.execute(f"SELECT id FROM user LIMIT {limit} OFFSET {offset}")
    cursor.execute("SELECT id FROM user LIMIT %d" % int(limit))


def writes_a_table(connection: sqlite3.Connection, table):
    return connection.execute(f"SELECT count(*) FROM {table}").fetchone()


def checks_before(cursor, kind):
    if kind not in ("novel", "poem"):
        raise ValueError(kind)
    cursor.execute(f"SELECT id FROM book WHERE kind = '{kind}'")


def quotes_it(cursor, name):
    cursor.execute(f"SELECT id FROM user WHERE name = '{quote_literal(name)}'")


def quote_literal(value):
    return value.replace("'", "''")


def _of_kind(cursor, kind):
    cursor.execute(f"SELECT id FROM book WHERE kind = '{kind}'")


def novels(cursor):
    return _of_kind(cursor, "novel")


class Store:
    schema = "public"

    def __init__(self, dsn):
        self.connection = psycopg2.connect(dsn)

    def count(self):
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {self.schema}.user WHERE kind = '{self.schema}'")


def runs_a_command(shell, name):
    shell.execute(f"echo '{name}'")


def changes_the_session(cursor, level):
    cursor.execute(f"ALTER SESSION SET ISOLATION_LEVEL={level}")


async def asks_prisma(client, name):
    return await client.query_raw(f"SELECT id FROM user WHERE name = '{name}'")  # AUD410


def adds_a_row(session: Session, columns: list[str], row):
    names = ", ".join(":" + column for column in columns)
    session.execute(text(f"INSERT INTO user VALUES ({names})"), row)
    session.execute(text(f"INSERT INTO user VALUES ({', '.join(f'@{column}' for column in columns)})"), row)


class Source:
    def rows(self, table, name, limit: int | None = None):
        raise NotImplementedError


class Server(Source):
    def rows(self, connection, name, limit=None):
        query = "SELECT * FROM row"
        if limit:
            query += f" LIMIT {limit}"
        return connection.fetch(query)

    def named(self, connection, name):
        return connection.fetch(f"SELECT * FROM row WHERE name = '{name}'")  # AUD410
