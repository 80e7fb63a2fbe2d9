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


class Caller:
    def __init__(self, get_session, make_session):
        self._get_session = get_session
        self._make_session = make_session
        self._session = None
        self._own_session = None

    async def shared(self):
        if self._session is None:
            self._session = await self._get_session()
        return self._session


caller = Caller(websockets.get, websockets.make)
