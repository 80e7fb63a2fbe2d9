"""What a method asks for, its caller keeps."""

import time

import aiohttp
from fastapi import FastAPI

app = FastAPI()
URL = "https://releases.example/latest"


class Kept:
    def __init__(self):
        self._known = None
        self._asked = 0.0

    async def status(self):
        if self._known is not None and time.monotonic() - self._asked < 3600:
            return self._known
        self._known = await self._latest()
        self._asked = time.monotonic()
        return self._known

    async def _latest(self):
        async with aiohttp.ClientSession() as session:
            async with session.get(URL) as answer:
                return await answer.json()


class Asked:
    def __init__(self):
        self.asked = 0

    async def status(self):
        return await self._latest()

    async def _latest(self):
        async with aiohttp.ClientSession() as session:  # AUD202
            async with session.get(URL) as answer:
                return await answer.json()


kept, asked = Kept(), Asked()


@app.get("/status")
async def status():
    return [await kept.status(), await asked.status()]


class Login:
    def __init__(self, url):
        self.url = url

    async def revoke_token(self, token):
        async with aiohttp.ClientSession() as session:
            await session.post(self.url, data=token)

    async def check_token(self, token):
        async with aiohttp.ClientSession() as session:  # AUD202
            await session.post(self.url, data=token)

    async def check_health(self, timeout):
        async with aiohttp.ClientSession() as session:
            await session.get(self.url, timeout=timeout)


_LISTS, _LOADED = {}, {}


class Revocations:
    def __init__(self, hours):
        self._hours = hours

    async def fetch(self, name):
        if name in _LISTS:
            if time.monotonic() - _LOADED.get(name, 0) < self._hours * 3600:
                return _LISTS[name]
        async with aiohttp.ClientSession() as session:
            async with session.get(f"https://lists.example/{name}") as answer:
                found = await answer.read()
        _LISTS[name] = found
        _LOADED[name] = time.monotonic()
        return found
