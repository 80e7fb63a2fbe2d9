"""A parameter without an annotation is a synchronous session where `query(Model)` is called on it."""

from models import STATEMENT, User
from sqlalchemy import text


async def committed(db):
    for user in db.query(User).all():  # AUD103
        user.seen = True
    db.commit()  # AUD103


def newest(db):
    return db.query(User.id).order_by(User.id.desc()).first()


async def through_a_function(db):
    return newest(db)  # AUD103


class Users:
    def __init__(self, session):
        self.session = session

    async def all(self):
        return self.session.query(User).all()  # AUD103

    async def save(self):
        self.session.commit()  # AUD103


async def nothing_awaited(db):
    db.execute(text("select 1"))  # AUD103
    db.commit()  # AUD103


async def nothing_said(db):
    result = db.execute(text("select 1"))
    db.commit()
    return result


async def a_statement(db):
    db.query(STATEMENT)
    db.query("select 1")
    db.commit()


async def awaited(db):
    await db.query(User)
    db.commit()
