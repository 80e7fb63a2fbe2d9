"""Plain functions that return a coroutine if asked to, and otherwise the answer itself."""

import asyncio

import requests


def _ask(url):
    return requests.get(url, timeout=5).json()


async def _ask_in_thread(url):
    return await asyncio.to_thread(_ask, url)


def ask(url, in_background=False):
    if in_background:
        return _ask_in_thread(url)
    return _ask(url)


def prepared(url, in_background=False):
    if in_background:
        return _ask_in_thread(url)
    _ask(url)
    return _ask_in_thread(url)


async def awaited(url):
    return await ask(url, in_background=True)


async def not_awaited(url):
    return ask(url)  # AUD102


async def asked_before(url):
    return await prepared(url)  # AUD102
