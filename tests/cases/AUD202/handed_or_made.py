"""Clients that are made only where nobody has handed one over, and those that live as long as their connection."""

import aiohttp
import httpx


class Tokens:
    def __init__(self, url, client=None):
        self._url = url
        self._client = client

    async def fetch(self, name):
        if self._client is not None:
            return await self._client.post(self._url, json={"name": name})
        else:
            async with httpx.AsyncClient(timeout=20) as client:
                return await client.post(self._url, json={"name": name})

    async def check(self, name, client=None):
        is_own = client is None
        if client is None:
            client = httpx.AsyncClient(timeout=20)
        try:
            return await client.get(self._url, params={"name": name})
        finally:
            if is_own:
                await client.aclose()

    async def renew(self, name):
        async with httpx.AsyncClient(timeout=20) as client:  # AUD202
            return await client.put(self._url, json={"name": name})

    async def follow(self, name):
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(self._url, params={"name": name}) as socket:
                return [message async for message in socket]


class Words:
    def __init__(self, url, known=None):
        self._url = url
        self._known = known

    async def look_up(self, word):
        if self._known is not None:
            return self._known
        else:
            async with httpx.AsyncClient(timeout=20) as client:  # AUD202
                return await client.get(self._url, params={"word": word})


class Shipper:
    def __init__(self, url, client=None):
        self._url = url
        self._client = client

    def ship(self, lines):
        if self._client:
            return self._client.post(self._url, json=lines)
        with httpx.Client() as client:
            return client.post(self._url, json=lines)

    def ship_unless(self, lines, dry_run):
        if dry_run:
            return None
        with httpx.Client() as client:  # AUD202
            return client.post(self._url, json=lines)

    def ship_by(self, lines, client=None):
        if client:
            return client.post(self._url, json=lines)
        with httpx.Client() as own:
            return own.post(self._url, json=lines)

    def ship_or_else(self, lines):
        if self._client:
            return self._client.post(self._url, json=lines)
        else:
            with httpx.Client() as client:
                return client.post(self._url, json=lines)

    def ship_if_not(self, lines):
        if not self._client:
            with httpx.Client() as client:
                return client.post(self._url, json=lines)
        return self._client.post(self._url, json=lines)
