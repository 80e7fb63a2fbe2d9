import asyncio

from locks import TaskRLock


class Tables:
    def __init__(self):
        self._lock = TaskRLock()
        self._plain = asyncio.Lock()

    async def update(self):
        async with self._lock:
            return await self.get()

    async def get(self):
        async with self._lock:
            return 1

    async def update_plainly(self):
        async with self._plain:
            return await self.get_plainly()  # AUD523

    async def get_plainly(self):
        async with self._plain:
            return 1
