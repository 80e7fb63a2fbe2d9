import httpx

from shop.catalogue import NAMES, buy, describe, get_price, get_slowly

URL = "https://shop.example.com"


class Connector:
    def __init__(self, url):
        self.url = url

    async def _content(self, client: httpx.AsyncClient, path):
        answer = await client.get(f"{self.url}/{path}")
        answer.raise_for_status()
        return answer.text

    async def _tree(self, client: httpx.AsyncClient):
        return (await client.get(f"{self.url}/tree")).json().get("nodes", [])

    async def collect(self):
        texts, newest = [], 0.0
        async with httpx.AsyncClient(timeout=30) as client:
            tree = await self._tree(client)
            for node in tree:
                newest = max(newest, node["changed"])
                path = node["path"]
                text = await self._content(client, path)  # AUD209
                if not text.strip():
                    continue
                texts.append(text)
        return texts, newest


async def prices(client, names):
    return_values = {}
    for name in names:
        return_values[name] = await describe(client, name)  # AUD209
    return return_values


async def of_answer(client: httpx.AsyncClient):
    found = []
    names = (await client.get(f"{URL}/names")).json()
    for place, name in enumerate(names["names"] or []):
        found.append((place, await get_price(client, name)))
    return found


async def first_price(client, names):
    for name in names:
        found = await get_price(client, name)
        if found:
            return found
    return None


async def each_from_the_last(client, names):
    token = None
    found = []
    for name in names:
        token = await get_price(client, (name, token))
        found.append(token)
    return found


async def buys(client, names):
    for name in names:
        await buy(client, name)


async def slowly(client, names):
    return_values = []
    for name in names:
        return_values.append(await get_slowly(client, name))
    return return_values


async def asks_the_same(client, names):
    found = []
    for name in names:
        found.append((name, await get_price(client, "tax")))
    return found


async def for_the_effect(client, names):
    for name in names:
        await describe(client, name)


async def remembers(client, numbers):
    found = []
    for number in numbers:
        found.append(await NAMES.get_name(client, number))
    return found
