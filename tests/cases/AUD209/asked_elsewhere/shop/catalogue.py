import asyncio

import httpx

URL = "https://shop.example.com"
_turns = asyncio.Semaphore(5)


async def get_price(client: httpx.AsyncClient, name):
    answer = await client.post(f"{URL}/prices", json={"name": name})
    answer.raise_for_status()
    return answer.json()


async def describe(client: httpx.AsyncClient, name):
    return {"name": name, "price": await get_price(client, name)}


async def buy(client: httpx.AsyncClient, name):
    answer = await client.post(f"{URL}/orders", json={"name": name})
    answer.raise_for_status()


async def get_slowly(client: httpx.AsyncClient, name):
    async with _turns:
        return (await client.get(f"{URL}/prices/{name}")).json()


class Names:
    def __init__(self):
        self._known = {}

    async def get_name(self, client: httpx.AsyncClient, number):
        if number in self._known:
            return self._known[number]
        answer = await client.get(f"{URL}/names/{number}")
        self._known[number] = answer.json()
        return self._known[number]


NAMES = Names()
