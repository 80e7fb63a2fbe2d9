import asyncio

import httpx


class Weather:
    def __init__(self, base_url):
        self._base_url = base_url

    async def _today(self, city):
        async with httpx.AsyncClient() as client:
            return (await client.get(f"{self._base_url}/{city}")).text

    def today(self, city):
        return asyncio.run(self._today(city))
