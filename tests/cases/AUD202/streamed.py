"""Generators that hand out what their client gives; contexts, and those that hand out the client, are right."""

from contextlib import asynccontextmanager

import httpx


class Model:
    def __init__(self, url):
        self._url = url

    async def stream(self, prompt):
        async with httpx.AsyncClient(timeout=30) as client:  # AUD202
            response = await client.send(
                client.build_request("POST", f"{self._url}/stream", json=prompt), stream=True
            )
            response.raise_for_status()
            async for line in response.aiter_lines():
                yield line

    @asynccontextmanager
    async def session(self, prompt):
        async with httpx.AsyncClient(timeout=30) as client:
            yield await client.post(f"{self._url}/stream", json=prompt)

    async def opened(self, prompt):
        async with httpx.AsyncClient(timeout=30) as client:
            response = await client.post(f"{self._url}/open", json=prompt)
            yield response.raise_for_status().text

    async def clients(self, count):
        async with httpx.AsyncClient(timeout=30) as client:
            for _ in range(count):
                yield client
