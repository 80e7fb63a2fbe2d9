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


async def ensure_labels(session: AsyncSession):
    await _ensure_one(session, "new")
    await _ensure_one(session, "old")


async def _ensure_one(session: AsyncSession, name: str):
    existing = await session.scalar(select(models.Label).where(models.Label.name == name))
    if existing is None:
        session.add(models.Label(name=name))
        await session.commit()


async def set_options(session: AsyncSession, name: str):
    await _set_option(session, "first")
    await _set_option(session, name)


async def _set_option(session: AsyncSession, name: str):
    existing = await session.scalar(select(models.Option).where(models.Option.name == name))
    if existing is None:
        session.add(models.Option(name=name))  # AUD417
        await session.commit()
