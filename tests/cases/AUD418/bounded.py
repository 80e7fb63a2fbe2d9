"""Rows that are no more than a list of values: asked for by `in_`."""

from sqlalchemy import select
from sqlalchemy.orm import Session


def all_exist(session: Session, Label, ids: list[int]) -> bool:
    existing = session.scalars(select(Label.id).where(Label.id.in_(ids))).all()
    return len(existing) == len(ids)


def is_ambiguous(session: Session, Label, phone: str) -> bool:
    return len(session.scalars(select(Label.id).where(Label.phone == phone).limit(2)).all()) > 1
