"""Times of rows beside aware ones."""

from datetime import datetime, timezone

from models import Key
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session


async def selected(session: AsyncSession, number: int) -> bool:
    result = await session.execute(select(Key).where(Key.number == number))
    key = result.scalar_one_or_none()
    now = datetime.now(timezone.utc)
    return bool(key and key.expires and key.expires < now)  # AUD705


def queried(session: Session):
    key = session.query(Key).filter(Key.number > 1).first()
    return datetime.now(timezone.utc) - key.made  # AUD705


def got(session: Session):
    key = session.get(Key, 1)
    return key.made > datetime.now(tz=timezone.utc)  # AUD705


# -- silent ------------------------------------------------------------------------------------------------


def zoned(session: Session):
    key = session.get(Key, 1)
    return key.zoned > datetime.now(tz=timezone.utc)


def guessed(session: Session):
    key = session.get(Key, 1)
    return key.guessed > datetime.now(tz=timezone.utc)


def given_a_zone(session: Session):
    key = session.get(Key, 1)
    expires = key.expires
    if key.expires.tzinfo is None:
        expires = key.expires.replace(tzinfo=timezone.utc)
    return expires > datetime.now(tz=timezone.utc) or key.expires > datetime.now(timezone.utc)


def naive(session: Session):
    key = session.get(Key, 1)
    return key.expires > datetime.now()


def in_query(session: Session):
    return session.scalars(select(Key).where(Key.expires < datetime.now(timezone.utc))).all()


def other(session: Session, key):
    return key.expires > datetime.now(timezone.utc)
