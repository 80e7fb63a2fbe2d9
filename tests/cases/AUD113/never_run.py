import asyncio


class Pipeline:
    def __init__(self, source):
        self._queue = asyncio.Queue()  # AUD113
        self._source = source

    async def produce(self):
        async for item in self._source:
            await self._queue.put(item)

    async def consume(self, store):
        while True:
            await store(await self._queue.get())


class Retired:
    def __init__(self, source):
        raise NotImplementedError
        self._queue = asyncio.Queue()

    async def produce(self, source):
        async for item in source:
            await self._queue.put(item)

    async def consume(self, store):
        while True:
            await store(await self._queue.get())
