import io
import urllib.request

import httpx
import requests

BASE = "https://files.example.com"


def own_host(name, target):
    target.write_bytes(requests.get(f"{BASE}/{name}", timeout=5).content)


def announced_size(url, target):
    response = requests.get(url, timeout=5)
    if int(response.headers["Content-Length"]) > 1000:
        raise ValueError(url)
    target.write_bytes(response.content)


def only_data(url):
    return requests.get(url, timeout=5).json()


def text_is_not_kept(url):
    return requests.get(url, timeout=5).content


def in_pieces(url, target):
    with urllib.request.urlopen(url) as response:
        while piece := response.read(1000):
            target.write(piece)


def given_link(link):
    response = requests.get(link, timeout=5)
    return io.BytesIO(response.content)  # AUD205


def each(links, target):
    for link in links:
        body = httpx.get(link).content  # AUD205
        target.write(body)


async def with_client(url, target):
    async with httpx.AsyncClient() as client:
        response = await client.get(url)
        target.write(await response.aread())  # AUD205
