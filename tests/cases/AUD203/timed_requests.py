"""Clients without a timeout whose requests each have one of their own."""

import asyncio

import aiohttp
import httpx


class Models:
    def __init__(self):
        self._client = None

    def _get(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=None, trust_env=False)
        return self._client

    async def post(self, url, body, seconds):
        client = self._get()
        async with client.stream("POST", url, json=body, timeout=seconds) as answer:
            return await answer.aread()


async def read(url):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
        async with asyncio.timeout(5):
            answer = await session.get(url)
        return await answer.text()
