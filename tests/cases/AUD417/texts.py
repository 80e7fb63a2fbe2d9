"""SELECT and INSERT that are written out."""

import asyncpg
import psycopg
from sqlalchemy import text

TOKENS = "tokens"


async def of_asyncpg(pool: asyncpg.Pool, task):
    async with pool.acquire() as connection:
        exists = await connection.fetchval("SELECT 1 FROM tasks WHERE id = $1", task.id)
        if exists:
            raise ValueError(task.id)
        await connection.execute(  # AUD417
            "INSERT INTO tasks (name, id) VALUES ($1, $2)", task.name, task.id
        )


async def of_a_cursor(pool, task):
    async with pool.acquire() as connection, connection.cursor() as cursor:
        await cursor.execute("SELECT 1 FROM tasks WHERE id = %s", (task.id,))
        if await cursor.fetchone():
            raise ValueError(task.id)
        await cursor.execute(  # AUD417
            "INSERT INTO tasks (id, name) VALUES (%s, %s)", (task.id, task.name)
        )


async def of_a_block(database, task):
    async with database.execute("SELECT id FROM tasks WHERE id = ?", (task.id,)) as cursor:
        known = await cursor.fetchone()
        if known:
            raise ValueError(task.id)
    await database.execute("INSERT INTO tasks (id) VALUES (?)", (task.id,))  # AUD417


async def of_a_named_table(database, token):
    cursor = await database.execute(
        f"SELECT * FROM {TOKENS} WHERE owner = ? AND value = ?", (token.owner, token.value)
    )
    row = await cursor.fetchone()
    if row is not None:
        return row
    await database.execute(  # AUD417
        f"INSERT INTO {TOKENS} (owner, value, made) VALUES (?, ?, now())", (token.owner, token.value)
    )


def by_names(session, name):
    known = session.execute(text("SELECT id FROM tags WHERE name = :name"), {"name": name}).first()
    if known is None:
        session.execute(text("INSERT INTO tags (name) VALUES (:name)"), {"name": name})  # AUD417


def counted(connection: psycopg.Connection, name):
    row = connection.execute("SELECT count(*) FROM tags WHERE name = %(name)s", {"name": name}).fetchone()
    if row[0] == 0:
        connection.execute("INSERT INTO tags (name) VALUES (%(name)s)", {"name": name})  # AUD417


def of_another_kind(connection: psycopg.Connection, name):
    row = connection.execute("SELECT 1 FROM tags WHERE name = %s AND kind = 'a'", (name,)).fetchone()
    if row is None:
        connection.execute("INSERT INTO tags (name, kind) VALUES (%s, 'b')", (name,))


def of_another_value(connection: psycopg.Connection, name, parent):
    row = connection.execute("SELECT 1 FROM tags WHERE name = %s", (parent,)).fetchone()
    if row is None:
        connection.execute("INSERT INTO tags (name) VALUES (%s)", (name,))


def of_another_table(connection: psycopg.Connection, name):
    row = connection.execute("SELECT 1 FROM labels WHERE name = %s", (name,)).fetchone()
    if row is None:
        connection.execute("INSERT INTO tags (name) VALUES (%s)", (name,))


def that_takes_the_other(connection: psycopg.Connection, name):
    row = connection.execute("SELECT 1 FROM tags WHERE name = %s", (name,)).fetchone()
    if row is None:
        connection.execute("INSERT INTO tags (name) VALUES (%s) ON CONFLICT DO NOTHING", (name,))


def that_ignores_the_other(connection: psycopg.Connection, name):
    row = connection.execute("SELECT 1 FROM tags WHERE name = ?", (name,)).fetchone()
    if row is None:
        connection.execute("INSERT OR IGNORE INTO tags (name) VALUES (?)", (name,))


def that_catches(connection: psycopg.Connection, name):
    row = connection.execute("SELECT 1 FROM tags WHERE name = %s", (name,)).fetchone()
    if row is None:
        try:
            connection.execute("INSERT INTO tags (name) VALUES (%s)", (name,))
        except psycopg.errors.UniqueViolation:
            return


def that_locks(connection: psycopg.Connection, name):
    row = connection.execute("SELECT 1 FROM tags WHERE name = %s FOR UPDATE", (name,)).fetchone()
    if row is None:
        connection.execute("INSERT INTO tags (name) VALUES (%s)", (name,))


def of_a_script(connection: psycopg.Connection, names):
    for name in names:
        if connection.execute("SELECT 1 FROM tags WHERE name = %s", (name,)).fetchone():
            continue
        connection.execute("INSERT INTO tags (name) VALUES (%s)", (name,))


def of_a_file(store, name):
    if store.database.execute("SELECT 1 FROM tags WHERE name = ?", (name,)).fetchone():
        raise ValueError(name)
    store.database.execute("INSERT INTO tags (name) VALUES (?)", (name,))
