import asyncio

import httpx


def run_now(coroutine):
    return asyncio.run(coroutine)


class Catalogue:
    def __init__(self, base_url):
        self._base_url = base_url

    async def find(self, text):
        async with httpx.AsyncClient() as client:
            return (await client.get(f"{self._base_url}/find/{text}")).json()
