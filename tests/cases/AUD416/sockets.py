from fastapi import WebSocket
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from .models import Room

Sessions: async_sessionmaker[AsyncSession] = async_sessionmaker()


async def on_message(socket: WebSocket, name: str) -> None:
    async with Sessions() as session:
        found = await session.execute(select(Room).where(Room.name == name))
        room = found.scalar_one_or_none()
        if room is not None:
            room.messages = (room.messages or 0) + 1  # AUD416
        await session.commit()
    await socket.send_text("kept")


async def sweep_expired(name: str) -> None:
    async with Sessions() as session:
        found = await session.execute(select(Room).where(Room.name == name))
        room = found.scalar_one_or_none()
        if room is not None:
            room.messages = (room.messages or 0) + 1
        await session.commit()
