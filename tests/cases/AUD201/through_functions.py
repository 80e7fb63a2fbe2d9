import functools

import aiohttp
import httpx


def fetch(url):
    with httpx.Client() as client:  # AUD201
        return client.get(url)


def store(url):
    return fetch(url).text


def collect(urls):
    for url in urls:
        store(url)


async def one(url):
    async with aiohttp.ClientSession() as session:  # AUD201
        async with session.get(url) as response:
            return await response.text()


async def every(urls):
    return [await one(url) for url in urls]


@functools.lru_cache
def shared():
    return httpx.Client()


def each(urls):
    for url in urls:
        shared().get(url)


def for_this_user(token, url):
    with httpx.Client(headers={"authorization": token}) as client:
        return client.get(url)


def for_users(tokens, url):
    for token in tokens:
        for_this_user(token, url)
