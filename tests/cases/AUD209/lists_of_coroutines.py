import asyncio

import httpx

client = httpx.AsyncClient()


async def fetch(name):
    answer = await client.get(f"https://example.com/{name}")
    return answer.json()


async def store(name):
    answer = await client.post("https://example.com/", json={"name": name})
    return answer.json()


async def all_at_once(names):
    tasks = []
    for name in names:
        tasks.append(asyncio.create_task(fetch(name)))
    return await asyncio.gather(*tasks)  # AUD209


async def some_at_once(names):
    tasks = []
    for name in names:
        if len(tasks) == 5:
            break
        tasks.append(fetch(name))
    return await asyncio.gather(*tasks)


async def a_few_each(names):
    tasks = []
    for name in names:
        tasks.append(fetch(name))
        if len(tasks) == 5:
            await asyncio.gather(*tasks)
            tasks = []
    return await asyncio.gather(*tasks)


async def written_out():
    tasks = []
    for name in ("one", "two"):
        tasks.append(fetch(name))
    return await asyncio.gather(*tasks)


async def one_by_one(names):
    return [await fetch(name) for name in names]  # AUD209


async def stored_in_this_order(names):
    return [await store(name) for name in names]


async def two_by_two():
    return [await fetch(name) for name in ("one", "two")]
