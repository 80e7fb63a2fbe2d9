import contextlib
import logging
import sqlite3

import asyncpg
import psycopg
import psycopg2
from fastapi import Depends
from sqlalchemy import create_engine, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from app import crud
from app.database import SessionFactory

engine = create_engine("postgresql://localhost/app")
async_engine = create_async_engine("postgresql+asyncpg://localhost/app")
SessionLocal = sessionmaker(engine)
AsyncLocal = async_sessionmaker(async_engine)
current = scoped_session(SessionLocal)
log = logging.getLogger(__name__)


def get_session():
    session = SessionLocal()  # AUD405
    yield session
    session.close()


def get_session_safely():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()


async def get_async_session():
    async with AsyncLocal() as session:
        yield session


async def never_closes(statement):
    session = AsyncLocal()  # AUD405
    result = await session.execute(statement)
    return result.all()


def lends_it(row):
    session = SessionLocal()  # AUD405
    crud.create_row(session, row)
    session.commit()


def closes_on_success_only(row):
    session = Session(engine)  # AUD405
    try:
        session.add(row)
        session.commit()
        session.close()
    except ValueError:
        log.exception("not saved")


def holds_nothing(statement):
    return SessionLocal().execute(statement).all()  # AUD405


def opens_one_a_row(rows):
    for row in rows:
        connection = psycopg2.connect("dbname=app")  # AUD405
        if not row:
            continue
        connection.close()


def commits_only():
    with psycopg2.connect("dbname=app") as connection, connection.cursor() as cursor:  # AUD405
        cursor.execute("SELECT 1")


def closes_its_cursor_only(path):
    connection = sqlite3.connect(path)  # AUD405
    cursor = connection.cursor()
    cursor.execute("SELECT 1")
    cursor.close()


async def waits_before_it_closes(statement):
    connection = await asyncpg.connect("postgresql://localhost/app")  # AUD405
    await connection.execute(statement)
    await connection.close()


def takes_a_connection_of_the_pool(statement):
    connection = engine.connect()  # AUD405
    connection.execute(statement)
    connection.close()


def closes_in_a_finally(statement):
    session = SessionLocal()
    try:
        return session.execute(statement).all()
    finally:
        session.close()


def closes_in_a_finally_if_it_is_there(statement):
    session = None
    try:
        session = SessionLocal()
        return session.execute(statement).all()
    finally:
        if session is not None:
            session.close()


def enters_it(statement):
    session = SessionLocal()
    with session:
        return session.execute(statement).all()


def block_of_psycopg_3_closes():
    with psycopg.connect("dbname=app") as connection:
        connection.execute("SELECT 1")


def closing_closes(path):
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM row")


def block_and_close(path):
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM row")
    connection.close()


def returns_it():
    session = SessionLocal()
    session.begin()
    return session


def gives_it_to_an_object(repository_class):
    session = SessionLocal()
    return repository_class(session)


def registers_it(stack):
    session = SessionLocal()
    stack.callback(session.close)
    return session.execute(select(1)).all()


def takes_the_current_one(statement):
    session = current()
    return session.execute(statement).all()


def takes_one_from_elsewhere(statement):
    session = SessionFactory()
    return session.execute(statement).all()


def is_given_one(statement, session: AsyncSession = Depends(get_async_session)):
    return session.execute(statement)


class Store:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)
        self.session = SessionLocal()

    def close(self):
        self.connection.close()
        self.session.close()


def is_bound_to_a_connection_that_others_close(connection):
    session = Session(bind=connection)
    return session.execute(select(1)).all()


def is_bound_to_an_engine_that_is_given(read_engine):
    session = Session(bind=read_engine)  # AUD405
    return session.execute(select(1)).all()


def enters_what_is_made_of_it():
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(select(1))


def warms_up(path, stopped):
    connection = sqlite3.connect(path)
    connection.set_progress_handler(stopped, 10_000)
    try:
        connection.execute("select count(*) from books")
    finally:
        connection.close()
