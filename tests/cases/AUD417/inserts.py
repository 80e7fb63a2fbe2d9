from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.models import Tag, User


async def registers(session: AsyncSession, name: str):
    result = await session.execute(select(User).where(User.name == name))
    if result.scalar_one_or_none():
        raise ValueError(name)
    user = User(name=name)
    session.add(user)  # AUD417
    await session.commit()


async def registers_by_a_name(session: AsyncSession, name: str):
    statement = select(User).where(User.name == name)
    known = (await session.execute(statement)).scalar_one_or_none()
    if known:
        raise ValueError(name)
    user = User(name=name)
    session.add(user)  # AUD417
    await session.commit()


def gets_or_creates(session: Session, label):
    tag = session.query(Tag).filter_by(label=label).first()
    if tag is None:
        tag = Tag(label=label)
        session.add(tag)  # AUD417
        session.commit()
    return tag


def catches_the_other(session: Session, name):
    known = session.scalar(select(User).where(User.name == name))
    if known is None:
        session.add(User(name=name))
        try:
            session.commit()
        except IntegrityError:
            session.rollback()


def has_a_savepoint(session: Session, name):
    known = session.scalar(select(User).where(User.name == name))
    if known is None:
        with session.begin_nested():
            session.add(User(name=name))


def holds_a_lock(session: Session, name, lock):
    with lock:
        known = session.scalar(select(User).where(User.name == name))
        if known is None:
            session.add(User(name=name))
            session.commit()


def seed_users(session: Session, name):
    known = session.scalar(select(User).where(User.name == name))
    if known is None:
        session.add(User(name=name))


def adds_another_kind(session: Session, name):
    user = session.scalar(select(User).where(User.name == name))
    if user is None:
        session.add(Tag(label=name))


def adds_where_it_is_there(session: Session, name):
    user = session.scalar(select(User).where(User.name == name))
    if user is not None:
        session.add(User(name=name, twin=user))


def has_another_key(session: Session, name, email):
    known = session.scalar(select(User).where(User.email == email))
    if known is None:
        session.add(User(name=name))


async def joins(session: AsyncSession, user_id: int, tag_id: int):
    known = await session.get(Tag, (user_id, tag_id))
    if known is None:
        session.add(Tag(user_id=user_id, tag_id=tag_id))  # AUD417
        await session.commit()


async def adds_to_parent(session: AsyncSession, user_id: int):
    user = await session.get(User, user_id)
    if user is None:
        session.add(User(name="new"))
        await session.commit()


async def adds_if_none(session: AsyncSession, name: str):
    result = await session.execute(select(User).where(User.name == name))
    if result.scalars().all():
        raise ValueError(name)
    session.add(User(name=name))  # AUD417
    await session.commit()


def found_before(session: Session, Tag, Link, name, item):
    tag = session.scalars(select(Tag).where(Tag.name == name)).first()
    if tag is None:
        raise LookupError(name)
    if item.tag is None:
        tag = Tag(name=name, kind="other")
    session.add(tag)


def of_a_job(session: Session, names):
    for name in names:
        existing = session.query(Tag).filter(Tag.name == name).first()
        if existing:
            continue
        session.add(Tag(name=name))
