from fastapi import APIRouter
from sqlalchemy import select

from app.core import Database, get_session_scope, open_scope, session_scope
from app.core.sessions import Sessions, get_session, make
from app.models import Task

router = APIRouter()


@router.post("/tasks/by-owner")
async def tasks_by_owner(owners: list[str], db: Database) -> list[Task]:
    found: list[Task] = []
    for owner in owners:
        found.extend(await db.scalars(select(Task).where(Task.owner == owner)))  # AUD408
    return found


async def in_scope(owners: list[str]) -> list[Task]:
    found: list[Task] = []
    async with session_scope() as session:
        for owner in owners:
            found.extend(await session.scalars(select(Task).where(Task.owner == owner)))  # AUD408
    return found


async def in_annotated_scope(owners: list[str]) -> list[Task]:
    found: list[Task] = []
    async with get_session_scope() as session:
        for owner in owners:
            found.extend(await session.scalars(select(Task).where(Task.owner == owner)))  # AUD408
    return found


async def in_scope_of_a_module_of_its_name(owners: list[str]) -> list[Task]:
    found: list[Task] = []
    async with open_scope() as session:
        for owner in owners:
            found.extend(await session.scalars(select(Task).where(Task.owner == owner)))  # AUD408
    return found


async def out_of_generator(owners: list[str]) -> list[Task]:
    found: list[Task] = []
    async for session in get_session():
        for owner in owners:
            found.extend(await session.scalars(select(Task).where(Task.owner == owner)))  # AUD408
    return found


async def next_of_generator(owner: str) -> list[Task]:
    session = await anext(get_session())
    return list(await session.scalars(select(Task).where(Task.owner == owner)))


class Repository:
    def __init__(self) -> None:
        self.sessions = Sessions(make)

    async def by_owners(self, owners: list[str]) -> list[Task]:
        found: list[Task] = []
        async with self.sessions() as session:
            for owner in owners:
                found.extend(await session.scalars(select(Task).where(Task.owner == owner)))  # AUD408
        return found
