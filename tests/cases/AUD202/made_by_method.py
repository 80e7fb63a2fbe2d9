"""A private method that makes the client for those who call; one that outlives the call is right."""

import httpx


class Chat:
    def __init__(self, url, timeout):
        self._url = url
        self._timeout = timeout

    def _client(self):
        return httpx.AsyncClient(timeout=self._timeout)  # AUD202

    async def ask(self, prompt):
        async with self._client() as client:
            response = await client.post(f"{self._url}/chat", json=prompt)
            return response.raise_for_status().json()


class Kept:
    def __init__(self, url, timeout):
        self._url = url
        self._timeout = timeout
        self._shared = self._client()

    def _client(self):
        return httpx.AsyncClient(timeout=self._timeout)

    async def ask(self, prompt):
        response = await self._shared.post(f"{self._url}/chat", json=prompt)
        return response.raise_for_status().json()

    async def close(self):
        await self._shared.aclose()


class ForHost:
    def __init__(self, timeout):
        self._timeout = timeout

    def _client(self):
        return httpx.AsyncClient(timeout=self._timeout)

    async def read(self, url):
        async with self._client() as client:
            return (await client.get(url)).raise_for_status().text
