import asyncio
import functools

import asyncpg
import httpx

_client = None
_connections = {}
_token = None
_pages = {}
_lock = asyncio.Lock()


async def make_client():
    await asyncio.sleep(0)
    return httpx.AsyncClient()


async def guard_form():
    global _client
    if _client is not None:  # AUD114
        return _client
    _client = await make_client()
    return _client


async def wait_before():
    global _client
    if not _client:  # AUD114
        await asyncio.sleep(0)
        _client = httpx.AsyncClient()
    return _client


async def by_key(key, connect):
    if key not in _connections:  # AUD114
        _connections[key] = await connect(key)
    return _connections[key]


async def no_wait_between():
    global _client
    if _client is None:
        _client = httpx.AsyncClient()
    await asyncio.sleep(0)
    return _client


async def tested_again():
    global _client
    if _client is None:
        await asyncio.sleep(0)
        if _client is None:
            _client = httpx.AsyncClient()
    return _client


async def under_lock():
    global _client
    async with _lock:
        if _client is None:
            _client = await make_client()
    return _client


async def double_checked():
    global _client
    if _client is None:
        async with _lock:
            if _client is None:
                _client = await make_client()
    return _client


async def data(fetch):
    """Data that is loaded twice is only loaded twice."""
    global _token
    if _token is None:
        _token = await fetch()
    return _token


async def data_by_key(url, fetch):
    if url not in _pages:
        _pages[url] = await fetch(url)
    return _pages[url]


async def own_local(connect):
    connection = None
    if connection is None:
        connection = await connect()
    return connection


async def lifespan(app):
    global _client
    if _client is None:
        _client = await make_client()


class Answer:
    """Made for each request: one task has it."""

    def __init__(self, connect):
        self._session = None
        self._connect = connect

    async def session(self):
        if self._session is None:
            self._session = await self._connect()
        return self._session


class Service:
    def __init__(self, connect):
        self._session = None
        self._connect = connect

    async def session(self):
        if self._session is None:  # AUD114
            self._session = await self._connect()
        return self._session

    async def _session_locked(self):
        if self._session is None:
            self._session = await self._connect()
        return self._session


service = Service(make_client)


class Storage:
    """A pool is there for many."""

    def __init__(self, url):
        self.url = url
        self.pool = None

    async def connect(self):
        if not self.pool:  # AUD114
            self.pool = await asyncpg.create_pool(self.url)

    async def fetch(self, statement):
        await self.connect()
        return await self.pool.fetch(statement)


class Cached:
    def __init__(self):
        self._client = None

    async def client(self):
        if self._client is None:  # AUD114
            self._client = await make_client()
        return self._client


@functools.lru_cache
def get_cached():
    return Cached()
