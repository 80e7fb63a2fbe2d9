import asyncio

import aiohttp
import httpx

HOSTS = ["a", "b"]
semaphore = asyncio.Semaphore(3)


async def read(client: httpx.AsyncClient, url):
    return await client.get(url)


async def limited(client: httpx.AsyncClient, url):
    async with semaphore:
        return await client.get(url)


async def all_of(client: httpx.AsyncClient, urls, rows):
    await asyncio.gather(*[read(client, url) for url in urls])  # AUD209
    await asyncio.gather(*(client.get(url) for url in urls), return_exceptions=True)  # AUD209
    made = [asyncio.create_task(read(client, row.url)) for row in rows]
    await asyncio.gather(*made)  # AUD209
    await asyncio.gather(*[limited(client, url) for url in urls])
    await asyncio.gather(*[read(client, url) for url in HOSTS])
    await asyncio.gather(*[read(client, url) for url in urls[:10]])
    await asyncio.gather(*[read(client, url) for url in ("a", "b")])
    await asyncio.gather(read(client, "a"), read(client, "b"))
    await asyncio.gather(*[asyncio.sleep(1) for url in urls])


async def checked(client: httpx.AsyncClient, urls):
    if len(urls) > 20:
        raise ValueError("too many")
    return await asyncio.gather(*[read(client, url) for url in urls])


async def in_batches(client: httpx.AsyncClient, batches):
    for batch in batches:
        await asyncio.gather(*[read(client, url) for url in batch])


async def sequential(client: httpx.AsyncClient, names, session: aiohttp.ClientSession):
    for name in names:
        answer = await client.get(f"/a/{name}")  # AUD209
        print(answer.text)
    for name in names:
        async with session.get(f"/a/{name}") as answer:
            print(answer.status)


async def first_that_answers(client: httpx.AsyncClient, urls):
    for url in urls:
        answer = await client.get(url)
        if answer.is_success:
            return answer
    return None


async def polite(client: httpx.AsyncClient, urls):
    for url in urls:
        await client.get(url)
        await asyncio.sleep(1)


async def chained(client: httpx.AsyncClient, names):
    cursor = None
    for name in names:
        answer = await client.get(f"/a/{name}", params={"after": cursor})
        cursor = answer.json()["next"]


async def pages(client: httpx.AsyncClient):
    for number in range(5):
        await client.get(f"/pages/{number}")


async def writes(client: httpx.AsyncClient, names):
    for name in names:
        await client.post(f"/a/{name}")
