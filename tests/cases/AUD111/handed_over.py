"""The place is given back by who takes the result; here only where there is none."""

import asyncio


class Buffer:
    def __init__(self, size):
        self._places = asyncio.BoundedSemaphore(size)
        self._results = asyncio.Queue(size)

    async def fill(self, stream):
        while True:
            await self._places.acquire()
            try:
                value = await stream.__anext__()
            except StopAsyncIteration:
                self._places.release()
                return
            await self._results.put(value)

    async def take(self):
        value = await self._results.get()
        self._places.release()
        return value
