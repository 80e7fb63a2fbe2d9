import aiosqlite
import asyncpg
import psycopg
import sqlite3

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import Task
from app.thumbnails import send_thumbnail


async def awaited(path, recipients):
    async with aiosqlite.connect(path) as database:
        for recipient in recipients:
            await database.execute(  # AUD408
                "INSERT INTO recipient (name, email) VALUES (?, ?)", (recipient["name"], recipient["email"])
            )
        await database.commit()


async def on_a_server(connection: asyncpg.Connection, prices):
    for product, price in prices:
        await connection.execute("UPDATE product SET price = $1 WHERE id = $2", price, product)  # AUD408


def of_a_cursor(cursor: psycopg.Cursor, users):
    for user in users:
        if user.left:
            cursor.execute("DELETE FROM membership WHERE user_id = %s", (user.id,))  # AUD408


def of_sqlalchemy(session: Session, tasks, places):
    for task, place in zip(tasks, places, strict=True):
        session.execute(update(Task).where(Task.id == task.id).values(place=place))  # AUD408
    session.commit()


def in_process(connection: sqlite3.Connection, users):
    for user in users:
        connection.execute("INSERT INTO user (name) VALUES (?)", (user.name,))


def all_at_once(cursor: psycopg.Cursor, users):
    cursor.executemany("DELETE FROM membership WHERE user_id = %s", [(user.id,) for user in users])


def unit_of_work(session: Session, tasks):
    for task in tasks:
        session.execute(update(Task).where(Task.id == task.id).values(done=True))
        session.commit()


async def with_work_between(connection: asyncpg.Connection, pictures):
    for picture in pictures:
        size = await send_thumbnail(picture)
        await connection.execute("UPDATE picture SET size = $1 WHERE id = $2", size, picture.id)


def answer_is_taken(cursor: psycopg.Cursor, users):
    removed = 0
    for user in users:
        cursor.execute("DELETE FROM membership WHERE user_id = %s", (user.id,))
        removed += cursor.rowcount
    return removed


def few(cursor: psycopg.Cursor, user):
    for table in ("membership", "visit"):
        cursor.execute(f"DELETE FROM {table} WHERE user_id = %s", (user.id,))


def values_of_fields(cursor: psycopg.Cursor, settings):
    for name, value in settings.items():
        cursor.execute("UPDATE setting SET value = %s WHERE name = %s", (value, name))


def each_may_fail(cursor: psycopg.Cursor, users):
    for user in users:
        try:
            cursor.execute("INSERT INTO user (name) VALUES (%s)", (user.name,))
        except psycopg.IntegrityError:
            continue
