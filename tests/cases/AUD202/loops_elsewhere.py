import asyncio
import threading

import httpx

BASE_URL = "https://metals.example.com"


async def _refresh_prices():
    async with httpx.AsyncClient(timeout=5) as client:
        return (await client.get(f"{BASE_URL}/prices")).json()


def refresh_prices():
    asyncio.run(_refresh_prices())


threading.Thread(target=refresh_prices, daemon=True).start()


class Catalogue:
    def __init__(self, base_url):
        self._base_url = base_url

    async def find(self, text):
        async with httpx.AsyncClient() as client:  # AUD202
            return (await client.get(f"{self._base_url}/find/{text}")).json()

    async def persistently(self, text):
        for attempt in range(3):
            async with httpx.AsyncClient() as client:  # AUD202
                answer = await client.get(f"{self._base_url}/find/{text}")
            if answer.status_code == 200:
                return answer.json()
            await asyncio.sleep(2**attempt)
        return None

    async def from_one_of(self, hosts, text):
        for attempt in range(3):
            async with httpx.AsyncClient() as client:
                answer = await client.get(f"{hosts[attempt]}/find/{text}")
            if answer.status_code == 200:
                return answer.json()
        return None

    async def in_the_background(self, pause):
        await asyncio.sleep(pause)

    async def once_more(self, retried, text):
        async def ask():
            async with httpx.AsyncClient() as client:  # AUD202
                return await client.get(f"{self._base_url}/find/{text}")

        return await retried(ask)

    async def later(self, retried, text):
        async def ask(host):
            async with httpx.AsyncClient() as client:
                return await client.get(f"{host}/find/{text}")

        return await retried(ask)
