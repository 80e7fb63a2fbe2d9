"""Calls of what is not known that are given a session and what belongs to an item."""

from fastcrud import FastCRUD
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Audit


async def for_all(session: AsyncSession, repository_of, items):
    repository = repository_of("user")
    found = []
    for item in items:
        found.append(await repository.get(session, item.id))  # AUD408
    return found


async def for_page(db: AsyncSession, crud, admin):
    events = await crud.get_multi(db=db, limit=50)
    for event in events["data"]:
        user = await admin.crud_users.get(db=db, id=event["user_id"])  # AUD408
        event["name"] = user["name"]
    return events


async def for_settings(db: AsyncSession, crud):
    return [await crud.get_setting(db, name) for name in ("a", "b")]


async def in_groups(session: AsyncSession, repository, groups):
    found = []
    for ids in groups:
        found.extend(await repository.get(session, ids))
    return found


async def with_cache(session: AsyncSession, cache, items):
    return [await cache.get(session, item.id) for item in items]


async def many(session: AsyncSession, repository, items):
    return [await repository.get_many(session, item.keys) for item in items]


async def created(session: AsyncSession, repository, items):
    return [await repository.create(session, item.name) for item in items]


def of_http(session, items):
    return [session.get(f"https://example.com/{item}") for item in items]


async def the_same(session: AsyncSession, repository, items, key):
    return [(item, await repository.get(session, key)) for item in items]


async def by_library(db: AsyncSession, events):
    for event in events:
        audits = FastCRUD(Audit)
        event["audit"] = await audits.get(db=db, event_id=event["id"])  # AUD408
    return events


class Repository:
    known = {}

    async def get(self, session, key):
        return self.known[key]


async def by_own(db: AsyncSession, events):
    return [await Repository().get(db, event.key) for event in events]
