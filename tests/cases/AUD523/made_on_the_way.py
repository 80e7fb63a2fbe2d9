import asyncio


class Store:
    """What is set on the way keeps the last function from taking the lock again."""

    def __init__(self):
        self._lock = asyncio.Lock()
        self._db = None
        self._index = None

    async def initialize(self):
        self._client, self._db = await asyncio.sleep(0, (1, 2))
        await self._put("first")
        await self._read("second")

    async def _ready(self):
        if self._db is None:
            async with self._lock:
                if self._db is None:
                    await self.initialize()  # AUD523
        return self._db

    async def _put(self, name):
        return await self._ready(), name

    async def _read(self, name):
        if self._index is None:
            async with self._lock:
                self._index = name
        return self._index
