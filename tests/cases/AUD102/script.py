"""A script that runs its one coroutine, and a function that others call."""

import asyncio

import requests


async def check(url):
    return requests.get(url, timeout=5).status_code


async def fetch(url):
    return requests.get(url, timeout=5).text  # AUD102


async def check_beside(url):
    asyncio.create_task(asyncio.sleep(1))
    return requests.get(url, timeout=5).text  # AUD102


if __name__ == "__main__":
    asyncio.run(check("https://example.com"))
    asyncio.run(check_beside("https://example.com"))
