"""Savepoints that only an exception leaves open: the session's owner rolls back."""

from sqlalchemy.orm import Session, scoped_session, sessionmaker

shared = scoped_session(sessionmaker())


def admit(session: Session, move, rows):
    savepoint = session.begin_nested()
    moved = session.execute(move).all()
    if len(moved) < len(rows):
        savepoint.rollback()
        return False
    savepoint.commit()
    return True


def admit_by_shared(move):
    savepoint = shared.begin_nested()  # AUD401
    shared.execute(move)
    savepoint.commit()
