import sqlite3

from sqlalchemy import create_engine, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.extensions import db

engine = create_engine("sqlite://")


async def awaited(session: AsyncSession, name):
    await session.execute(f"SELECT 1 FROM {name}")  # AUD411


def of_a_name(session: Session):
    statement = "SELECT 1"
    return session.scalar(statement)  # AUD411


def of_the_framework():
    db.session.add(object())
    return db.session.execute("SELECT 1")  # AUD411


def put_together(session: Session, table):
    session.execute("DELETE FROM " + table)  # AUD411


def wrapped(session: Session):
    statement = text("SELECT 1")
    session.execute(statement)
    session.execute(text("SELECT 1"))


def built(session: Session, table):
    session.execute(select(table))
    session.execute(table.insert())


def by_the_driver(connection: sqlite3.Connection):
    connection.execute("SELECT 1")
    connection.cursor().execute("SELECT 1")


def of_a_raw_connection():
    connection = engine.raw_connection()
    connection.cursor().execute("SELECT 1")


def either(session: Session, statement=None):
    if statement is None:
        statement = "SELECT 1"
    session.execute(statement)


def upgrade_12_to_13(session: Session):
    session.execute("ALTER TABLE orders ADD owner integer")
