"""Queries of asyncpg, aiosqlite, MongoDB, Flask-SQLAlchemy and Core connections, one for each item."""

import aiosqlite
from sqlalchemy import Connection, select
from shop.models import Book, User


async def by_asyncpg(pool, orders):
    found = []
    for order in orders:
        found.append(await pool.fetchrow("SELECT name FROM users WHERE id = $1", order["user_id"]))  # AUD408
    return found


async def groups_by_asyncpg(pool, groups):
    return [await pool.fetch("SELECT name FROM users WHERE id = ANY($1)", group) for group in groups]


async def by_aiosqlite(path, rows):
    counts = {}
    async with aiosqlite.connect(path) as db:
        for row in rows:
            async with db.execute("SELECT count(*) FROM visits WHERE user_id = ?", (row["id"],)) as cursor:  # AUD408
                counts[row["id"]] = await cursor.fetchone()
    return counts


async def by_document(database, orders):
    return [await database.users.find_one({"_id": order["user_id"]}) for order in orders]  # AUD408


async def of_each_collection(database, names):
    return [await database[name].find_one({"is_head": True, "name": name}) for name in names]


def by_model(orders):
    names = []
    for order in orders:
        names.append(User.query.filter_by(id=order.user_id).first().name)  # AUD408
    return names


def by_key(orders):
    return [User.query.get(order.user_id) for order in orders]  # AUD408


def by_core(connection: Connection, shelves):
    return [connection.execute(select(Book.id).where(Book.shelf == shelf)).all() for shelf in shelves]  # AUD408


def seed_defaults(connection: Connection, shelves):
    return [connection.execute(select(Book.id).where(Book.shelf == shelf)).all() for shelf in shelves]


def sends_no_query(client, addresses):
    return [client.fetch(address) for address in addresses]


def of_what_is_configured(connection: Connection, app):
    for name in app.conf.beat_schedule.keys():
        print(connection.execute(select(Book.id).where(Book.shelf == name)).first())


def _count(cursor, table):
    cursor.execute(f"SELECT count(*) FROM {table}")
    return cursor.fetchone()


def _title(cursor, number):
    cursor.execute(f"SELECT title FROM books WHERE id = {number:d}")
    return cursor.fetchone()


def counts(cursor, tables, numbers):
    return [_count(cursor, table) for table in tables], [_title(cursor, number) for number in numbers]  # AUD408


def of_another_program(client, rows):
    return [client.count_documents(row.name, "open") for row in rows]


def of_pairs(connection: Connection, roles: dict):
    for space, role in roles.items():
        print(role, connection.execute(select(Book.id).where(Book.shelf == space)).first())


def set_sequences(cursor, tables):
    for table in tables:
        for column in table.key_columns:
            cursor.execute(f"SELECT max({column.name}) FROM {table.name}")


def writes_each(cursor, rows):
    for row in rows:
        cursor.execute("SELECT id FROM visits WHERE user_id = ?", (row["id"],))
        if cursor.fetchone() is None:
            cursor.execute("INSERT INTO visits (user_id) VALUES (?)", (row["id"],))


def with_a_written_list(connection, month):
    rows = connection.execute("SELECT month FROM months WHERE year = ?", (month,)).fetchall()
    found = []
    for row in rows:
        found.append(
            connection.execute(  # AUD408
                "SELECT name FROM items WHERE kind IN ('image', 'video') AND month = ?", (row["month"],)
            ).fetchall()
        )
    return found
