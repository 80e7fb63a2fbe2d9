import random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Row, User, sort


def plain(session: Session, skip, limit):
    return session.scalars(select(Row).where(Row.id > 0).offset(skip).limit(limit)).all()  # AUD421


def by_steps(session: Session, state, skip):
    statement = select(Row)
    if state:
        statement = statement.where(Row.state == state)
    count = session.scalar(select(func.count()).select_from(statement.subquery()))
    statement = statement.offset(skip)  # AUD421
    statement = statement.limit(10)
    return count, session.execute(statement).scalars().all()


def legacy(session: Session, skip):
    return session.query(Row).filter(Row.id > 0).offset(skip).limit(10).all()  # AUD421


def columns(session: Session, skip):
    return session.execute(select(Row.id, Row.name).offset(skip)).all()  # AUD421


class Repository:
    def __init__(self, session: Session, model):
        self.session = session
        self.model = model

    def page(self, skip: int = 0, limit: int = 100):
        return self.session.query(self.model).offset(skip).limit(limit).all()  # AUD421


def in_rows(session: Session, skip):
    for row in session.scalars(select(Row).offset(skip)):  # AUD421
        yield row


# Ordered: before, after, on some way, or by others.


def ordered(session: Session, skip):
    return session.scalars(select(Row).order_by(Row.id).offset(skip)).all()


def ordered_after(session: Session, skip):
    return session.scalars(select(Row).offset(skip).limit(10).order_by(Row.id)).all()


def ordered_later(session: Session, skip):
    statement = select(Row).offset(skip)
    return session.scalars(statement.order_by(Row.id)).all()


def ordered_on_return(skip):
    statement = select(Row)
    if skip:
        statement = statement.offset(skip)
    return statement.order_by(Row.id)


def ordered_on_some_way(session: Session, skip, key):
    statement = select(Row)
    if key:
        statement = statement.order_by(key)
    return session.scalars(statement.offset(skip)).all()


def ordered_by_helper(session: Session, skip):
    statement = sort(select(Row))
    return session.scalars(statement.offset(skip)).all()


def ordered_by_other_helper(session: Session, skip):
    statement = select(Row)
    sort(statement)
    return session.scalars(statement.offset(skip)).all()


def given_away(skip):
    return select(Row).offset(skip)


def given(session: Session, statement, skip):
    return session.scalars(statement.offset(skip)).all()


def of_subquery(session: Session, skip):
    ordered_rows = select(Row).order_by(Row.id).subquery()
    return session.execute(select(ordered_rows.c.id).select_from(ordered_rows).offset(skip)).all()


# One row, a sample, an existence test, the beginning, something else than a statement.


def one(session: Session, skip):
    return session.scalars(select(Row).offset(skip).limit(1)).all()


def first(session: Session, skip):
    return session.query(Row).offset(skip).first()


def sample(session: Session, count):
    return session.scalars(select(Row).offset(random.randrange(count)).limit(5)).all()


def total(session: Session, skip):
    return session.scalar(select(func.count()).offset(skip))


def beginning(session: Session):
    return session.scalars(select(User).offset(0).limit(10)).all()


def of_array(array, skip):
    return array.offset(skip)


def either(session: Session, owner, skip):
    statement = (select(Row) if owner is None else select(Row).where(Row.owner == owner)).offset(skip)  # AUD421
    return session.scalars(statement).all()


def either_ordered(session: Session, owner, skip):
    statement = (select(Row).order_by(Row.id) if owner is None else select(Row)).offset(skip)
    return session.scalars(statement).all()
