"""A task that reads what a process prints ends with the process."""

import asyncio


class Node:
    def __init__(self, process):
        self._process = process
        self._pipe = None

    def start(self):
        self._pipe = asyncio.create_task(self._read())

    async def _read(self):
        async for _ in self._process.stdout:
            await self._process.drain()

    async def stop(self):
        self._pipe.cancel()
        self._process.terminate()
        await self._process.wait()
