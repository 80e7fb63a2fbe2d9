"""Loops that come to a client on some of their turns only, or after a long time."""

import asyncio
import subprocess
import time

import aiohttp
import httpx
import redis


class Accounts:
    async def _by_mail(self, account):
        async with aiohttp.ClientSession() as session:
            await session.post("https://mail.example/", json=account)

    async def _by_chat(self, account):
        async with aiohttp.ClientSession() as session:  # AUD201
            await session.post("https://chat.example/", json=account)

    async def tell(self, kind, account):
        if kind == "mail":
            return await self._by_mail(account)
        return await self._by_chat(account)

    async def tell_all(self, kinds, account):
        for kind in kinds:
            await self.tell(kind, account)


class Letters:
    async def _by_mail(self, letter):
        async with aiohttp.ClientSession() as session:  # AUD201
            await session.post("https://mail.example/", json=letter)

    async def tell(self, kind, letter):
        if kind == "mail":
            await self._by_mail(letter)

    async def tell_all(self, letters):
        for letter in letters:
            await self.tell("mail", letter)


async def _notify(url, text):
    async with aiohttp.ClientSession() as session:
        await session.post(url, json=text)


async def watch(names, scan, url, interval):
    while True:
        for name in names:
            found = await scan(name)
            if found.is_new:
                await _notify(url, found.text)
        await asyncio.sleep(interval)


def pull(models):
    for model in models:
        process = subprocess.Popen(["pull", model])
        process.wait()
        with httpx.Client() as client:
            client.post("http://localhost:11434/api/chat", json={"model": model})


def ask(models):
    for model in models:
        with httpx.Client() as client:  # AUD201
            client.post("http://localhost:11434/api/chat", json={"model": model})


async def send_again(send, left):
    while left:
        async with aiohttp.ClientSession() as session:
            answers = await asyncio.gather(*[send(session, one) for one in left])
        left = [one for one, answer in zip(left, answers, strict=True) if not answer]


def listen(url, take):
    while True:
        try:
            client = redis.Redis.from_url(url)
            channel = client.pubsub()
            channel.subscribe("flags")
            for message in channel.listen():
                take(message)
        except redis.ConnectionError:
            time.sleep(1)


class Registry:
    async def _sync(self, source):
        async with httpx.AsyncClient() as client:
            index = (await client.get(f"{source}/index.json")).json()
            return [await client.get(f"{source}/{name}") for name in index]

    async def sync(self, sources):
        for source in sources:
            await self._sync(source)
