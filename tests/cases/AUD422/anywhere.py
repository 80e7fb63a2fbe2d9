import sqlite3

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Run, columns


def runs_of(session: Session, workspace: str):
    # Whatever the text is called, it is looked for anywhere.
    return session.scalars(select(Run).where(Run.workspace.like(f"%{workspace}%"))).all()  # AUD422


def runs_by(session: Session, field: str, given: str):
    column = columns.get(field)
    return session.query(Run).filter(column.ilike(f"%{given.strip()}%")).all()  # AUD422


def notes(connection: sqlite3.Connection, tag: str | None = None):
    sql, params = "SELECT * FROM note", []
    if tag:
        sql += " WHERE tags LIKE ?"
        params.append(f'%"{tag}"%')  # AUD422
    return connection.execute(sql, params).fetchall()


def runs_with_key(session: Session, run_id: str, escaped_title: str, size: int):
    # Keys of programs, what says that it is escaped, and what is no text.
    return (
        session.query(Run)
        .filter(Run.parents.like(f"%{run_id}%"))
        .filter(Run.title.like(f"%{escaped_title}%"))
        .filter(Run.sizes.like(f"%{size}%"))
    )


def runs_after(session: Session, workspace: str):
    # What begins so: a name space of the program's own.
    return session.scalars(select(Run).where(Run.workspace.like(f"{workspace}%"))).all()


def runs_made(session: Session):
    text = str(len("x"))
    return session.scalars(select(Run).where(Run.workspace.like(f"%{text}%"))).all()
