"""Routes that add rows after a function of another module has looked for them."""

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.checks import (
    check_no_such_shelf,
    check_one_unnamed,
    check_room_exists,
    check_shelf_name,
    ensure_new_shelf,
    warn_of_box,
)
from app.models import Box, Shelf

router = APIRouter()


class NewShelf(BaseModel):
    name: str


@router.post("/rooms/{room_id}/shelves")
async def create(room_id: int, shelf: NewShelf, session: AsyncSession):
    await check_no_such_shelf(name=shelf.name, room_id=room_id, session=session)
    row = Shelf(room_id=room_id, **shelf.model_dump())
    session.add(row)  # AUD417
    await session.commit()


@router.post("/shelves/{name}")
async def create_named(name: str, room_id: int, session: AsyncSession):
    await check_shelf_name(session, name)
    session.add(Shelf(name=name, room_id=room_id))  # AUD417
    await session.commit()


@router.post("/guarded/{name}")
async def create_guarded(name: str, room_id: int, session: AsyncSession):
    await check_shelf_name(session, name)
    session.add(Shelf(name=name, room_id=room_id))
    try:
        await session.commit()
    except IntegrityError:
        await session.rollback()


@router.post("/other/{name}")
async def create_under_another_name(name: str, room_id: int, session: AsyncSession):
    await check_shelf_name(session, name)
    session.add(Shelf(name=f"{name} (2)", room_id=room_id))
    await session.commit()


@router.post("/in-room/{room_id}")
async def create_in_room(room_id: int, name: str, session: AsyncSession):
    await check_room_exists(session, room_id)
    session.add(Shelf(name=name, room_id=room_id))
    await session.commit()


@router.post("/unnamed/{room_id}")
async def create_unnamed(room_id: int, session: AsyncSession):
    await check_one_unnamed(session, room_id)
    session.add(Shelf(name="", room_id=room_id))
    await session.commit()


@router.post("/boxes/{name}")
async def create_box(name: str, session: AsyncSession):
    await warn_of_box(session, name)
    session.add(Box(name=name))
    await session.commit()


@router.post("/boxes-of-shelves/{name}")
async def create_box_for_shelf(name: str, session: AsyncSession):
    await check_shelf_name(session, name)
    session.add(Box(name=name))
    await session.commit()


@router.put("/shelves/{number}")
async def create_numbered(number: int, name: str, session: AsyncSession):
    await ensure_new_shelf(session, number)
    session.add(Shelf(id=number, name=name, room_id=1))  # AUD417
    await session.commit()
