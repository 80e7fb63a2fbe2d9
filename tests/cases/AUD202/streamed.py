"""Generators that hand out what their client gives; those that hand out the client, or are a context, are right."""

from contextlib import asynccontextmanager

import httpx


class Model:
    def __init__(self, url):
        self._url = url

    async def stream(self, prompt):
        async with httpx.AsyncClient(timeout=30) as client:  # AUD202
            async with client.stream("POST", f"{self._url}/stream", json=prompt) as response:
                response.raise_for_status()
                async for line in response.aiter_lines():
                    yield line

    @asynccontextmanager
    async def session(self, prompt):
        async with httpx.AsyncClient(timeout=30) as client:
            async with client.stream("POST", f"{self._url}/stream", json=prompt) as response:
                yield response

    async def opened(self, prompt):
        async with httpx.AsyncClient(timeout=30) as client:
            response = await client.post(f"{self._url}/open", json=prompt)
            yield response.raise_for_status().text

    async def clients(self, count):
        async with httpx.AsyncClient(timeout=30) as client:
            for _ in range(count):
                yield client
