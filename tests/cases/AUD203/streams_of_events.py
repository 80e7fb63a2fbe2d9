import httpx
import requests


async def events(url):
    async with httpx.AsyncClient(timeout=None) as client:
        async with client.stream("GET", url, headers={"Accept": "text/event-stream"}) as response:
            async for line in response.aiter_lines():
                yield line


async def lines(url):
    async with httpx.AsyncClient(timeout=None) as client:  # AUD203
        async with client.stream("GET", url, headers={"Accept": "text/plain"}) as response:
            async for line in response.aiter_lines():
                yield line


def listen(url):
    return requests.get(url, stream=True, headers={"Accept": "text/event-stream"})


def fetch(url):
    return requests.get(url, stream=True)  # AUD203
