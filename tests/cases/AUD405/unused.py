"""A session takes its connection when it first asks the database."""

from sqlalchemy.orm import sessionmaker

from app import clock, row_of

SessionLocal = sessionmaker()


def fails_before(rows):
    session = SessionLocal()
    limit = clock.now()
    if not rows:
        return None
    try:
        return session.scalars(row_of(limit)).all()
    finally:
        session.close()


def fails_after(rows):
    session = SessionLocal()  # AUD405
    found = session.scalars(row_of(clock.now())).all()
    session.close()
    return found


def gathers(rows):
    session = SessionLocal()
    session.add_all(rows)
    clock.now()
    try:
        session.commit()
    finally:
        session.close()
