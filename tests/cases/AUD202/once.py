"""What starts, connects or ends an object runs once or twice in its life."""

import aiohttp
import httpx


class Calls:
    def __init__(self, key):
        self._key = key
        self._url = "https://api.example.com/v1"

    async def _connect_call(self, settings):
        async with aiohttp.ClientSession() as session:
            async with session.post(self._url, json=settings, headers={"key": self._key}) as response:
                return await response.json()

    async def ask(self, settings):
        async with aiohttp.ClientSession() as session:  # AUD202
            async with session.post(self._url, json=settings, headers={"key": self._key}) as response:
                return await response.json()

    async def install(self, version):
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{self._url}/archives/{version}") as response:
                return await response.read()

    async def uninstall_archive(self, version):
        async with aiohttp.ClientSession() as session:
            async with session.delete(f"{self._url}/archives/{version}") as response:
                return response.status

    async def _refresh_user_token(self, token):
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{self._url}/tokens", json=token) as response:
                return await response.json()


class Sink:
    def __init__(self, url):
        self._url = url

    def on_write_start(self, schema):
        with httpx.Client() as client:
            client.post(f"{self._url}/tables", json=schema)
