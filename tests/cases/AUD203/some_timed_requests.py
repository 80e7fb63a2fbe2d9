"""Clients without a timeout of which a request has none of its own either, or that others have."""

import httpx


class Models:
    def __init__(self):
        self._client = httpx.AsyncClient(timeout=None)  # AUD203

    async def post(self, url, body):
        return await self._client.post(url, json=body, timeout=5)

    async def read(self, url):
        return await self._client.get(url)
