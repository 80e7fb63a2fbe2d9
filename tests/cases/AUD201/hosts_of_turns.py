"""Each turn asks another host: its turns have no connection to share."""

from urllib.parse import urljoin, urlparse

import aiohttp
import httpx


async def metrics(url):
    async with aiohttp.ClientSession() as session:
        async with session.get(url, timeout=30) as answer:
            return await answer.text()


async def of_nodes(nodes):
    return [await metrics(f"http://{node['host']}:{node['port']}/metrics") for node in nodes]


async def is_allowed(domain):
    base = f"{urlparse(domain).scheme or 'https'}://{urlparse(domain).netloc}"
    async with httpx.AsyncClient(timeout=10) as client:
        return (await client.get(urljoin(base, "/robots.txt"))).text


async def of_domains(domains):
    return [await is_allowed(domain) for domain in domains]


class Token:
    def __init__(self, url):
        self.refresh_url = url

    async def refresh(self):
        async with httpx.AsyncClient(timeout=20) as client:
            await client.post(self.refresh_url)


async def refresh(tokens):
    for token in tokens:
        await token.refresh()


def of_feeds(feeds):
    for feed_url in feeds:
        with httpx.Client() as client:
            yield client.get(feed_url).text


def of_pages(base, pages):
    texts = []
    for page in pages:
        with httpx.Client() as client:  # AUD201
            texts.append(client.get(f"{base}/pages/{page}").text)
    return texts


async def fetch(name):
    async with httpx.AsyncClient() as client:  # AUD201
        return await client.get(f"https://api.example.com/v1/{name}")


async def of_names(names):
    return [await fetch(name) for name in names]


async def profile(domain):
    pages = ["/"]
    return await is_allowed(domain), pages


async def profiles(domains):
    return [await profile(one) for one in domains]


async def poll(store, number):
    row = store.find(number)
    feed_url = row["feed_url"]
    async with httpx.AsyncClient() as client:
        return await client.get(feed_url)


async def poll_all(store, numbers):
    for number in numbers:
        await poll(store, number)


def doctor(specialists):
    servers = [(one.name, one.models_url) for one in specialists]
    for _, url in servers:
        with httpx.Client(timeout=2) as client:
            client.get(url)
