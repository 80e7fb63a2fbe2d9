import asyncio

import httpx
import requests


class TimedSession(requests.Session):
    def request(self, method, url, **options):
        options.setdefault("timeout", 5)
        return super().request(method, url, **options)


timed = TimedSession()


def read(url):
    return timed.get(url)


class Patched:
    def __init__(self):
        self.plain = TimedSession()

    def read(self, url):
        return self.plain.post(url)


async def bounded(client: httpx.AsyncClient, url):
    async with asyncio.timeout(3):
        await client.get(url, timeout=None)
    return await asyncio.wait_for(client.get(url, timeout=None), 3)
