from contextlib import contextmanager

from sqlalchemy.orm import Session, sessionmaker

SessionLocal = sessionmaker()


@contextmanager
def session_scope():
    with SessionLocal() as session:
        yield session


def save(session: Session, row):
    session.add(row)
