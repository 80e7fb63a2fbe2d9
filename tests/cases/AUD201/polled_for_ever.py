"""Loops without an end that run a function which makes a client."""

import asyncio

import httpx

INTERVAL = 5.0


class Queue:
    def __init__(self, url, pause):
        self._url = url
        self._pause = pause
        self._stop = asyncio.Event()

    async def _flush_loop(self):
        while not self._stop.is_set():
            try:
                await asyncio.wait_for(self._stop.wait(), timeout=INTERVAL)
                return
            except TimeoutError:
                await self._flush_once()

    async def _flush_once(self):
        async with httpx.AsyncClient(timeout=15.0) as client:  # AUD201
            await client.post(f"{self._url}/ingest", json=[])

    async def _tick_loop(self):
        while True:
            await self._tick()
            await asyncio.sleep(10)

    async def _tick(self):
        async with httpx.AsyncClient(timeout=15.0) as client:  # AUD201
            await client.get(f"{self._url}/tick")

    async def _daily_loop(self):
        while True:
            await self._daily()
            await asyncio.sleep(86400)

    async def _daily(self):
        async with httpx.AsyncClient(timeout=15.0) as client:
            await client.get(f"{self._url}/daily")

    async def _unknown_loop(self):
        while True:
            await self._unknown()
            await asyncio.sleep(self._pause)

    async def _unknown(self):
        async with httpx.AsyncClient(timeout=15.0) as client:
            await client.get(f"{self._url}/unknown")

    async def _sometimes_loop(self):
        while True:
            await asyncio.sleep(1)
            if self._stop.is_set():
                await self._sometimes()

    async def _sometimes(self):
        async with httpx.AsyncClient(timeout=15.0) as client:
            await client.get(f"{self._url}/sometimes")

    async def _failing_loop(self):
        while True:
            try:
                await asyncio.sleep(1)
            except ValueError:
                await self._tell()

    async def _tell(self):
        async with httpx.AsyncClient(timeout=15.0) as client:
            await client.get(f"{self._url}/tell")
