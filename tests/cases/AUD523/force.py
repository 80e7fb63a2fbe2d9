"""Who is told to leave does not take the lock again."""

import asyncio


class Gateway:
    def __init__(self, socket):
        self._lock = asyncio.Lock()
        self._socket = socket

    async def receive(self, force=False):
        while True:
            message = await self._socket.receive()
            if message is None:
                if force:
                    raise RuntimeError("closed")
                await self.reconnect()
                continue
            return message

    async def reconnect(self):
        async with self._lock:
            return await self.receive(force=True)


class Waiting:
    def __init__(self, socket):
        self._lock = asyncio.Lock()
        self._socket = socket

    async def receive(self, force=False):
        while True:
            message = await self._socket.receive()
            if message is None:
                if force:
                    raise RuntimeError("closed")
                await self.reconnect()
                continue
            return message

    async def reconnect(self):
        async with self._lock:
            return await self.receive(force=False)  # AUD523
