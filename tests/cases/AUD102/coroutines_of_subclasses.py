"""Coroutines of a base class that the one class which fills its methods has for itself, and a waiver."""

import urllib.request

import httpx


class Reader:
    def read(self, name):
        raise NotImplementedError

    def find(self, name):
        raise NotImplementedError

    async def aread(self, name):
        return self.read(name)

    async def afind(self, name):
        return self.find(name)  # AUD102


class RemoteReader(Reader):
    def read(self, name):
        return httpx.get(f"https://example.com/{name}")

    def find(self, name):
        return httpx.get(f"https://example.com/?name={name}")

    async def aread(self, name):
        async with httpx.AsyncClient() as client:
            return await client.get(f"https://example.com/{name}")


async def waived(url):
    return urllib.request.urlopen(url)  # noqa: S310, ASYNC210
