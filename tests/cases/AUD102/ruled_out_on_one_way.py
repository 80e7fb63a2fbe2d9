"""A branch that the arguments rule out, beside one that they do not."""

import requests


def names(parent=None):
    if parent:
        return requests.get(f"https://example.com/{parent}").json()
    else:
        return requests.get("https://example.com").json()


def names_below(parent=None):
    if parent:
        return requests.get(f"https://example.com/{parent}").json()
    return []


async def all_names():
    return names()  # AUD102


async def names_of_one():
    return names("shop")  # AUD102


async def none_below():
    return names_below()
