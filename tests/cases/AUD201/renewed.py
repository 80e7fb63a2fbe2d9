"""A token that has run out is renewed now and then, not on every turn."""

import time

import httpx
import requests


class Streams:
    def __init__(self, streams):
        self.streams = streams
        self.token = {"expires": 0}

    async def check(self):
        for stream in self.streams:
            await self.renew()
            await self.look(stream)

    async def renew(self):
        if self.token["expires"] < time.time():
            await self.fetch_token()

    async def fetch_token(self):
        async with httpx.AsyncClient(timeout=5) as client:
            self.token = (await client.get("https://id.example.com/token")).json()

    async def look(self, stream):
        async with httpx.AsyncClient(timeout=5) as client:  # AUD201
            return (await client.get("https://api.example.com/streams", params={"id": stream})).json()


class Pinned:
    def __init__(self, adapter):
        self._adapter = adapter

    def send(self, url, address):
        session = requests.Session()
        session.mount("https://", self._adapter(address))
        try:
            return session.get(url, timeout=5).status_code
        finally:
            session.close()

    def send_all(self, urls, addresses):
        return [self.send(url, addresses[url]) for url in urls]
