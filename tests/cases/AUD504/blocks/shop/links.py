from fastapi import FastAPI

from shop.fetching import Fetcher, Poller

app = FastAPI()


@app.get("/links")
async def show(urls: list[str]):
    return await correlate(urls)


async def correlate(urls):
    async with Fetcher() as fetcher:
        return [await fetcher.get(url) for url in urls]


async def build_report(urls):
    async with Fetcher() as fetcher:
        return [await fetcher.get(url) for url in urls]


async def poll(hosts):
    async with Poller() as poller:
        while True:
            await poller.get(await hosts.get())
