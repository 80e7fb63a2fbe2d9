"""A client that most turns of the loop do not make."""

import asyncio

import aiohttp
import boto3
import httpx
import openai


def prepared(metrics):
    model = None
    for metric in metrics:
        if model is None:
            client = openai.OpenAI()
            model = client.models.retrieve("small")
        metric.model = model


def prepared_anew(metrics):
    for metric in metrics:
        model = metric.model
        if model is None:
            client = openai.OpenAI()  # AUD201
            model = client.models.retrieve("small")
        metric.model = model


def fetched(url, hook, attempts):
    for attempt in range(attempts):
        if hook:
            with httpx.Client(event_hooks=hook) as client:
                answer = client.get(url)
        else:
            answer = httpx.get(url)
        print(attempt, answer)


async def scored(texts):
    async with aiohttp.ClientSession() as session:
        return [await session.post("http://scores", data=text) for text in texts]


def scored_in_parts(parts):
    return [asyncio.run(scored(part)) for part in parts]


class Model:
    async def _listen(self):
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect("ws://models") as socket:
                self._socket = socket

    async def _ensure(self):
        if self._task is None:
            self._task = asyncio.create_task(self._listen())

    async def score_all(self, texts):
        for text in texts:
            await self._ensure()
            await self._socket.send_str(text)


def label(name):
    client = openai.OpenAI()
    return "none" if client.api_key is None else "key"


def labels(names):
    return [label(name) for name in names]


async def check(name, url):
    if name == "web":
        async with httpx.AsyncClient() as client:
            return await client.get(url)
    return None


async def check_all(names, url):
    return [await check(name, url) for name in names]


async def connected(url, retries):
    while True:
        try:
            async with aiohttp.ClientSession() as session:
                socket = await session.ws_connect(url)
                session.detach()
        except OSError:
            retries -= 1
        else:
            break
    return socket


def answers(host):
    with httpx.Client() as client:
        return client.get(f"http://{host}/probe").is_success


def first(hosts):
    for host in hosts:
        if answers(host):
            return host
    return None


class Registries:
    insecure = set()

    @classmethod
    def is_insecure(cls, host):
        if host in cls.insecure:
            return True
        with httpx.Client() as client:
            if client.get(f"https://{host}").is_success:
                return False
        cls.insecure.add(host)
        return True

    def check(self, hosts):
        return [self.is_insecure(host) for host in hosts]


def regions(sources):
    found = []
    for source in sources:
        if source.all_regions:
            found = boto3.Session().get_available_regions("config")
            break
        found.extend(source.regions)
    return found


def regions_of_each(sources):
    found = []
    for source in sources:
        if source.all_regions:
            found.extend(boto3.Session().get_available_regions("config"))  # AUD201
        if len(found) > 100:
            break
    return found
