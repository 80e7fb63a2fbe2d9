"""A coroutine in a function that runs it has the loop for itself."""

import asyncio
import sqlite3

from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("sqlite+aiosqlite:///shop.db")


async def tables():
    with sqlite3.connect("shop.db") as connection:
        return connection.execute("SELECT name FROM sqlite_master").fetchall()


async def rows():
    with sqlite3.connect("shop.db") as connection:  # AUD103
        return connection.execute("SELECT name FROM shops").fetchall()  # AUD103


def state():
    async def _state():
        async with engine.begin() as connection:
            await connection.run_sync(print)
        return await tables()

    return asyncio.run(_state())


def several():
    async def _several():
        return await asyncio.gather(*[asyncio.create_task(rows()) for _ in range(3)])

    return asyncio.run(_several())
