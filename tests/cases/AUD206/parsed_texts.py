"""Bodies that are parsed by hand."""

import json
from xml.etree import ElementTree

import aiohttp
import httpx
import requests


def of_text(number):
    return json.loads(requests.get(f"https://example.org/{number}", timeout=5).text)["name"]  # AUD206


def of_bytes():
    answer = httpx.get("https://example.org/feed")
    root = ElementTree.fromstring(answer.content)  # AUD206
    return root.find("title").text


async def of_coroutine():
    async with aiohttp.ClientSession() as session, session.get("https://example.org/names") as answer:
        names = json.loads(await answer.text())  # AUD206
    return names["first"]


def looked_at():
    answer = httpx.get("https://example.org/feed")
    answer.raise_for_status()
    return json.loads(answer.text)["name"]


def asked_for():
    answer = httpx.get("https://example.org/feed")
    data = json.loads(answer.text)
    if "error" in data:
        raise ValueError(data["error"])
    return data["name"]


def ready_for_others():
    answer = httpx.get("https://example.org/feed")
    try:
        return json.loads(answer.text)["name"]
    except ValueError:
        return None


def only_shown():
    answer = httpx.get("https://example.org/feed")
    print(answer.text)
