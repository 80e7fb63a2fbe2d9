"""Answers that a table keeps, what is asked for behind other questions, and what is never run."""

import requests

_KEYS: dict[str, str] = {}


def key_of(name):
    key = _KEYS.get(name)
    if key is not None:
        return key
    key = requests.get(f"https://example.com/keys/{name}", timeout=5).text
    _KEYS[name] = key
    return key


def name_of(key):
    if True:
        return key
    return requests.get(f"https://example.com/names/{key}", timeout=5).text


def is_known(name, is_strict):
    if is_strict:
        for attempt in range(2):
            if attempt and not asks(name):
                return False
    return True


def asks(name):
    return asks_again(name)


def asks_again(name):
    return find(name)


def find(name):
    return requests.get(f"https://example.com/{name}", timeout=5).ok


async def first(name):
    return key_of(name), name_of(name), is_known(name, is_strict=True)


async def second(name):
    return find(name)  # AUD102
