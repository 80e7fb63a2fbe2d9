import shutil

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


def downloaded(url, path):
    response = requests.get(url, timeout=5)
    path.write_bytes(response.content)  # AUD206


def downloaded_in_parts(url, path):
    with requests.get(url, stream=True, timeout=5) as response, open(path, "wb") as file:
        for part in response.iter_content(8192):  # AUD206
            file.write(part)


def downloaded_raw(url, path):
    response = requests.get(url, stream=True, timeout=5)
    with open(path, "wb") as file:
        shutil.copyfileobj(response.raw, file)  # AUD206


def downloaded_after_a_look(url, path):
    response = requests.get(url, timeout=5)
    if not response.ok:
        return None
    path.write_bytes(response.content)


def downloaded_after_a_look_at_the_type(url, path):
    response = requests.get(url, timeout=5)
    if response.headers["Content-Type"] != "image/png":
        return None
    path.write_bytes(response.content)


def passed_through(url, answer):
    response = requests.get(url, timeout=5)
    answer.write(response.content)


def through_a_name(url, path):
    body = requests.get(url, timeout=5).text  # AUD206
    with open(path, "w") as file:
        file.write(body)
