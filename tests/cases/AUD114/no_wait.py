"""A coroutine that awaits nothing lets no other task run."""

import aiohttp


class Manager:
    def __init__(self):
        self.session = None
        self.pool = None

    async def make(self):
        return aiohttp.ClientSession()

    async def connect(self):
        session = aiohttp.ClientSession()
        await session.get("http://server/login")
        return session

    async def get(self):
        if self.session is None:
            self.session = await self.make()
        return self.session

    async def get_pool(self):
        if self.pool is None:  # AUD114
            self.pool = await self.connect()
        return self.pool


class Engine:
    def __init__(self, settings):
        self.settings = settings
        self.pool = None

    async def start_connection_pool(self, connect):
        if self.pool is None:
            self.pool = await connect(self.settings)
