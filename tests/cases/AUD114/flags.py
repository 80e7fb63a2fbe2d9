"""A flag that is set when all is made; objects that many coroutines ask; steps of one run."""

import asyncio

import aiosqlite
import httpx


class SkillService:
    def __init__(self):
        self._client = None
        self._ready = False
        self._lock = asyncio.Lock()

    async def prepare(self):
        if self._ready:  # AUD114
            return
        self._client = httpx.AsyncClient()
        await self._client.get("https://example.org/skills")
        self._ready = True

    async def skills(self):
        if not self._ready:
            await self.prepare()
        return self._client


class StartedService:
    """Who makes it calls `prepare` once."""

    def __init__(self):
        self._client = None
        self._ready = False
        self._lock = asyncio.Lock()

    async def prepare(self):
        if self._ready:
            return
        self._client = httpx.AsyncClient()
        await self._client.get("https://example.org/skills")
        self._ready = True


class MessageStore:
    def __init__(self, path):
        self.path = path
        self._connection = None

    async def _ensure_connected(self):
        if self._connection is None:  # AUD114
            self._connection = await aiosqlite.connect(self.path)
        return self._connection

    async def add(self, text):
        await (await self._ensure_connected()).execute("INSERT INTO message VALUES (?)", (text,))

    async def texts(self):
        return await (await self._ensure_connected()).execute_fetchall("SELECT text FROM message")

    async def forget(self):
        await (await self._ensure_connected()).execute("DELETE FROM message")


class Meter:
    """What it waits for never waits itself."""

    def __init__(self, connect):
        self._connect = connect
        self._connection = None
        self._ready = False
        self._lock = asyncio.Lock()

    async def _ensure_ready(self):
        if self._ready:
            return
        self._connection = self._connect()
        await self._make_tables()
        self._ready = True

    async def _make_tables(self):
        self._connection.execute("CREATE TABLE IF NOT EXISTS call (name TEXT)")

    async def count(self, name):
        await self._ensure_ready()
        self._connection.execute("INSERT INTO call VALUES (?)", (name,))


class BrowserTool:
    def __init__(self, launch):
        self._lock = asyncio.Lock()
        self._launch_browser = launch
        self._browser = None

    async def _ensure_browser(self):
        if self._browser is None:
            self._browser = await self._launch_browser()
        return self._browser
