"""Rows of the application's own: their key is always the same, and they are made once."""

from app import models
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

CLIENT_ID = "shop-cli"


async def ensure_client(session: AsyncSession, uris):
    existing = await session.scalar(select(models.Client).where(models.Client.client_id == CLIENT_ID))
    if existing is not None:
        return
    session.add(models.Client(client_id=CLIENT_ID, uris=uris))
    await session.commit()


async def ensure_label(session: AsyncSession):
    existing = await session.scalar(select(models.Label).where(models.Label.name == "new"))
    if existing is None:
        session.add(models.Label(name="new"))
        await session.commit()
