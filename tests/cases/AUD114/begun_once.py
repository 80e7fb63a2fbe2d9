"""Who begins something begins it once; who needs it now may come with others."""

import asyncpg
import websockets


class Database:
    def __init__(self, dsn):
        self.dsn = dsn
        self.pool = None

    async def init(self):
        if self.pool is not None:
            return
        self.pool = await asyncpg.create_pool(self.dsn)


class LazyDatabase:
    def __init__(self, dsn):
        self.dsn = dsn
        self.pool = None

    async def init(self):
        if self.pool is not None:  # AUD114
            return
        self.pool = await asyncpg.create_pool(self.dsn)

    async def fetch(self, statement):
        await self.init()
        return await self.pool.fetch(statement)


class Tester:
    def __init__(self):
        self.pool = None

    async def connect(self, dsn):
        if self.pool is not None:
            raise RuntimeError("already connected")
        self.pool = await asyncpg.create_pool(dsn)


async def unused():
    return websockets
