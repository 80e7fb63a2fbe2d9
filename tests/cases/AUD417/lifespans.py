"""What a lifespan fills in at the start, and what a route adds in the same way."""

from contextlib import asynccontextmanager

from fastapi import FastAPI
from shop.models import Key
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://database/shop")
async_session = async_sessionmaker(engine, class_=AsyncSession)


@asynccontextmanager
async def lifespan(app):
    async with async_session() as session:
        existing = (await session.execute(select(Key).where(Key.prefix == "first"))).scalar_one_or_none()
        if existing is None:
            session.add(Key(prefix="first"))
            await session.commit()
    yield


app = FastAPI(lifespan=lifespan)


@app.post("/keys")
async def keep(prefix: str):
    async with async_session() as session:
        existing = (await session.execute(select(Key).where(Key.prefix == prefix))).scalar_one_or_none()
        if existing is None:
            session.add(Key(prefix=prefix))  # AUD417
            await session.commit()
    return {}
