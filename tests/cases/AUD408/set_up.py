"""Loops that prepare the database once: tables, and what is built in."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session


def make_tables(session: Session, tables):
    for table in tables:
        session.execute(text(f"CREATE TABLE IF NOT EXISTS {table} (id INTEGER)"))
        known = session.execute(select(text("1")).where(text(f"name = '{table}'"))).first()
        print(known)


def sync_builtin_evaluators(session: Session, Evaluator, evaluators):
    for key in evaluators:
        if session.scalar(select(Evaluator).where(Evaluator.key == key)) is None:
            session.add(Evaluator(key=key))


def names(session: Session, Evaluator, keys):
    return [session.scalar(select(Evaluator.name).where(Evaluator.key == key)) for key in keys]  # AUD408
