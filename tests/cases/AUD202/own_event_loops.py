import asyncio

import httpx
from celery import shared_task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine


class Weather:
    def __init__(self, base_url):
        self._base_url = base_url

    async def _today(self, city):
        async with httpx.AsyncClient() as client:
            return (await client.get(f"{self._base_url}/{city}")).text

    def today(self, city):
        return asyncio.run(self._today(city))


@shared_task
def drain():
    async def work():
        engine = create_async_engine("postgresql+asyncpg://localhost/app")
        try:
            async with engine.begin() as connection:
                return await connection.scalar(text("SELECT count(*) FROM orders"))
        finally:
            await engine.dispose()

    return asyncio.run(work())
