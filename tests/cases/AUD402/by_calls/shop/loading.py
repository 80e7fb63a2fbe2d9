import logging

from shop.store import Items, create, create_safely
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
sessions = async_sessionmaker()


def goes_on(session: Session, names):
    for name in names:
        try:
            create(session, name)
        except Exception:  # AUD402
            log.exception("%s", name)


async def goes_on_with_an_object(session: AsyncSession, names):
    items = Items(session)
    errors = []
    for name in names:
        try:
            item = await items.create(name)
        except Exception as error:  # AUD402
            errors.append(error)
            continue
        log.info("%s", item)


def rolls_back(session: Session, names):
    for name in names:
        try:
            create(session, name)
        except Exception:
            session.rollback()
            log.exception("%s", name)


def the_function_does(session: Session, names):
    for name in names:
        try:
            create_safely(session, name)
        except Exception:
            log.exception("%s", name)


def leaves(session: Session, names):
    for name in names:
        try:
            create(session, name)
        except Exception:
            log.exception("%s", name)
            return


async def one_session_each(names):
    for name in names:
        try:
            async with sessions() as session:
                await Items(session).create(name)
        except Exception:
            log.exception("%s", name)


async def one_object_each(names):
    for name in names:
        items = Items(sessions())
        try:
            await items.create(name)
        except Exception:
            log.exception("%s", name)


def another_error(session: Session, names):
    for name in names:
        try:
            create(session, name)
        except KeyError:
            log.exception("%s", name)
