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


class Reader:
    """A task that does nothing when it is cancelled."""

    def __init__(self, transport):
        self._transport = transport
        self._task = None

    def start(self):
        self._task = asyncio.create_task(self._read())

    async def _read(self):
        while True:
            try:
                await self._transport.read()
            except asyncio.CancelledError:
                break

    async def stop(self):
        self._task.cancel()
        await self._transport.close()


class Writer:
    def __init__(self, transport):
        self._transport = transport
        self._task = None

    def start(self):
        self._task = asyncio.create_task(self._write())

    async def _write(self):
        try:
            while True:
                await self._transport.write()
        finally:
            await self._transport.flush()

    async def stop(self):
        self._task.cancel()  # AUD121
        await self._transport.close()
