"""A session of the project that locks the database before anything is read."""

from contextlib import contextmanager

from shop.models import Queue
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker


class Database:
    make: sessionmaker[Session]

    @contextmanager
    def write_session(self):
        with self.make() as session:
            session.execute(text("BEGIN IMMEDIATE"))
            yield session
            session.commit()

    @contextmanager
    def plain_session(self):
        with self.make() as session:
            yield session
            session.commit()


def create(database: Database, name):
    with database.write_session() as session:
        existing = session.get(Queue, name)
        if existing is None:
            session.add(Queue(name=name))
            session.flush()


def create_beside_others(database: Database, name):
    with database.plain_session() as session:
        existing = session.get(Queue, name)
        if existing is None:
            session.add(Queue(name=name))  # AUD417
            session.flush()


def under_a_lock_of_the_database(session: Session, name):
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})
    existing = session.get(Queue, name)
    if existing is None:
        session.add(Queue(name=name))
