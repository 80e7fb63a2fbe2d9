from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine("postgresql://localhost/shop")
SessionLocal = sessionmaker(bind=engine)


def get_db() -> Iterator[Session]:
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


@contextmanager
def session_scope():
    with Session(engine) as session:
        yield session


def get_session():
    with session_scope() as session:
        yield session


@contextmanager
def get_db_scope():
    with SessionLocal() as session:
        yield session


def get_db_pages(session):
    for page in session.query():
        yield page


def get_sessions():
    first = SessionLocal()
    yield first
    second = SessionLocal()
    yield second
