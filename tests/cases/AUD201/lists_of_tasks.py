import asyncio

import httpx


async def read(url):
    async with httpx.AsyncClient() as client:  # AUD201
        return (await client.get(url)).text


async def read_all(urls):
    tasks = [asyncio.create_task(read(url)) for url in urls]
    found = await asyncio.gather(*tasks)
    return found


async def read_first(url):
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).text


async def first(urls):
    for url in urls:
        found = await read_first(url)
        return found
