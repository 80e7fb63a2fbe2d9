import asyncio

import httpx
from celery import shared_task
from fastapi import APIRouter
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

router = APIRouter()
engine = create_async_engine("postgresql+asyncpg://db/app")
factory = async_sessionmaker(engine)
single = create_async_engine("postgresql+asyncpg://db/app", poolclass=NullPool)
single_factory = async_sessionmaker(single)
client = httpx.AsyncClient()


async def count():
    async with factory() as session:
        return await session.scalar("select 1")


async def count_once():
    async with single_factory() as session:
        return await session.scalar("select 1")


async def through():
    return await count()


async def fetch():
    async with httpx.AsyncClient() as own:
        return await own.get("https://example.org/")


async def shared_fetch():
    return await client.get("https://example.org/")


@shared_task
def count_rows():
    return asyncio.run(through())  # AUD122


@shared_task
def count_rows_once():
    return asyncio.run(count_once())


@shared_task
def count_in_new_loop():
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(count())  # AUD122
    finally:
        loop.close()


@shared_task
def fetch_page():
    return asyncio.run(fetch())


@router.get("/page")
def page():
    return asyncio.run(shared_fetch())  # AUD122


def main():
    asyncio.run(shared_fetch())


def helper():
    asyncio.run(shared_fetch())


if __name__ == "__main__":
    asyncio.run(shared_fetch())


class Lazy:
    def __init__(self):
        self._client = None

    async def _open(self):
        self._client = httpx.AsyncClient()
        return await self._client.get("https://example.org/")

    def read(self):
        return asyncio.run(self._open())


class Cached:
    def __init__(self):
        self._client = None

    async def _get(self):
        if self._client is None:
            self._client = httpx.AsyncClient()
        return await self._client.get("https://example.org/")

    async def aclose(self):
        self._client = None

    def read(self):
        return asyncio.run(self._get())  # AUD122
