"""What a statement of SQLAlchemy is sent with, and not awaited, is synchronous."""

import asyncio

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import User


async def count(db):
    return db.execute(select(func.count()).select_from(User)).scalar_one()  # AUD103


async def names(db):
    statement = select(User.name).where(User.is_active).order_by(User.name)
    return db.scalars(statement).all()  # AUD103


async def disable(db, key):
    db.execute(update(User).where(User.id == key).values(is_active=False))  # AUD103


def touch(db):
    db.execute(text("UPDATE users SET seen = now()"))


async def touched(db):
    touch(db)  # AUD103


async def awaited(db):
    return (await db.execute(select(User))).scalars().all()


async def together(db, other):
    return await asyncio.gather(db.execute(select(User)), other.execute(select(User)))


async def handed_on(session: AsyncSession):
    return await session.run_sync(touch)


async def of_a_search(index, user):
    return index.execute(user.query()).hits
