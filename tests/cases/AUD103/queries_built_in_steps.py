"""A query that is made over several statements, some of them under a condition."""

from models import User
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session


async def narrowed(session: Session, only_new: bool):
    query = session.query(User).filter(User.active)
    if only_new:
        query = query.filter(User.new)
    query = query.order_by(User.name).limit(10)
    for user in query.all():  # AUD103
        print(user)


async def listed(session: Session):
    return list(session.query(User))  # AUD103


async def another_later(session: Session, text):
    words = text.split()
    if words:
        words = words[:10]
    words = words.all()
    words = session.query(User)
    return words


async def awaited(session: AsyncSession, only_new: bool):
    query = User.select()
    if only_new:
        query = query.where(User.new)
    query = query.limit(10)
    return (await session.scalars(query)).all()


async def rows_of_the_same_name(session: Session, skip: int):
    users = session.query(User)
    if skip:
        users = users.offset(skip)
    users = users.all()  # AUD103
    for user in users:
        print(user)
    return [user.name for user in users]


class Account:
    @classmethod
    def by_name(cls, name):
        return cls.query.filter_by(name=name).one_or_none()


async def of_models(name, parameters):
    found = Account.query.filter(Account.name == name).all()  # AUD103
    kept = parameters.query.filter("name")
    return found, kept, Account.by_name(name)  # AUD103
