import aiohttp
import httpx
import requests


def checked(url):
    response = requests.get(url, timeout=5)
    if response.status_code != 200:
        return None
    return response.json()


def asked_whether_ok(url):
    response = requests.get(url, timeout=5)
    return response.json() if response.ok else None


def error_in_body(url):
    answer = requests.post(url, timeout=5).json()
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer["names"]


def returned(url):
    response = requests.get(url, timeout=5)
    return response


def passed_on(url, check):
    response = requests.get(url, timeout=5)
    check(response)
    return response.json()


def ready_for_anything(url):
    try:
        return requests.get(url, timeout=5).json()["names"]
    except (KeyError, ValueError):
        return []


def raise_for_status(response):
    response.raise_for_status()


class Hooked:
    def __init__(self):
        self._client = httpx.Client(event_hooks={"response": [raise_for_status]})

    def names(self):
        return self._client.get("/names").json()


class Given:
    def __init__(self, client: httpx.Client):
        self._client = client

    def names(self):
        return self._client.get("/names").json()


class Plain:
    def __init__(self):
        self._client = httpx.Client()

    def names(self):
        return self._client.get("/names").json()  # AUD206


def inline(url):
    return requests.get(url, timeout=5).json()["names"]  # AUD206


async def entered(url):
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.json()  # AUD206


async def text_only(url):
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.text()


def asks_for_a_key(url):
    response = requests.get(url, timeout=5)
    if "rows" not in response.json():
        raise LookupError(response.json()["reason"])
    return response.json()["rows"]


async def asks_the_value_for_a_key(url):
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        page = await response.json()
        if "rows" not in page:
            raise LookupError(url)
        return page["rows"]
