"""What refuses a row that is there already."""

from fastapi import HTTPException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Box, Shelf


async def check_no_such_shelf(*, name: str, room_id: int, session: AsyncSession) -> None:
    statement = select(Shelf).where(Shelf.name == name).where(Shelf.room_id == room_id)
    found = await session.execute(statement)
    if found.scalars().all():
        raise HTTPException(422, "there is such a shelf")


async def check_shelf_name(session: AsyncSession, name: str) -> None:
    found = await session.execute(select(Shelf).where(Shelf.name == name))
    shelf = found.scalar_one_or_none()
    if shelf is not None:
        raise HTTPException(422, "there is such a shelf")


async def check_room_exists(session: AsyncSession, room_id: int) -> None:
    shelf = await session.scalar(select(Shelf).where(Shelf.room_id == room_id))
    if shelf is None:
        raise HTTPException(404, "there is no such room")


async def check_one_unnamed(session: AsyncSession, room_id: int) -> None:
    shelf = await session.scalar(select(Shelf).where(Shelf.room_id == room_id, Shelf.name == ""))
    if shelf:
        raise HTTPException(422, "there is an unnamed shelf")


async def check_box(session: AsyncSession, name: str) -> None:
    if await session.scalar(select(Box).where(Box.name == name)):
        raise HTTPException(422, "there is such a box")


async def warn_of_box(session: AsyncSession, name: str) -> None:
    box = await session.scalar(select(Box).where(Box.name == name))
    if box:
        print("one more box")


async def ensure_new_shelf(session: AsyncSession, number: int) -> None:
    shelf = await session.get(Shelf, number)
    if shelf is not None:
        raise HTTPException(422, "there is such a shelf")
