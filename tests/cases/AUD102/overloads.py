"""Overloads that a literal argument chooses."""

from typing import Literal, overload

import httpx


class Records:
    def __init__(self):
        self._client = httpx.AsyncClient(base_url="https://example.com")

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self._client.aclose()

    async def read(self, key):
        return await self._client.get(f"/records/{key}")


class PlainRecords:
    def __init__(self):
        self._client = httpx.Client(base_url="https://example.com")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._client.close()

    def read(self, key):
        return self._client.get(f"/records/{key}")


@overload
def records(*, plain: Literal[False] = False) -> Records: ...


@overload
def records(*, plain: Literal[True]) -> PlainRecords: ...


def records(*, plain: bool = False):
    return PlainRecords() if plain else Records()


async def with_plain_ones(key):
    with records(plain=True) as plain:
        return plain.read(key)  # AUD102


async def with_others(key):
    async with records(plain=False) as others:
        return await others.read(key)


async def by_default(key):
    async with records() as others:
        return await others.read(key)


async def told_elsewhere(key, is_plain):
    return records(plain=is_plain).read(key)
