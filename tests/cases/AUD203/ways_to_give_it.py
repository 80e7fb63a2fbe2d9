import functools
import smtplib
import ftplib
from urllib.request import Request, urlopen, urlretrieve

import aiohttp
import httpx
import redis
import requests
from botocore.config import Config
from requests.adapters import HTTPAdapter

LATER = None
KNOWN = {"timeout": 3}
WITHOUT = dict(headers={"a": "b"})
CHANGED = {"headers": {}}
CHANGED["timeout"] = 3

quick = functools.partial(requests.get, timeout=3)
slow = functools.partial(requests.get, headers={})


def plain(url, timeout, options, *arguments):
    requests.get(url)  # AUD203
    requests.get(url, timeout=5)
    requests.get(url, timeout=timeout)
    requests.get(url, timeout=None)  # AUD203
    requests.get(url, timeout=LATER)  # AUD203
    requests.get(url, **KNOWN)
    requests.get(url, **WITHOUT)  # AUD203
    requests.get(url, **{**WITHOUT, **KNOWN})
    requests.get(url, **CHANGED)
    requests.get(url, **options)
    requests.get(*arguments)
    quick(url)
    slow(url)  # AUD203
    slow(url, timeout=2)


def standard_library(url, data, host):
    urlopen(Request(url))  # AUD203
    urlopen(url, data, 10)
    urlopen("file:///etc/hosts")
    urlopen(f"data:text/plain,{data}")
    urlretrieve(url, "here")  # AUD203
    smtplib.SMTP(host)  # AUD203
    smtplib.SMTP(host, 25, None, 10)
    with smtplib.SMTP_SSL(host, 465) as server:  # AUD203
        server.quit()
    ftplib.FTP()
    ftplib.FTP(host, timeout=4)
    ftplib.FTP(host)  # AUD203


def sessions(url):
    with requests.Session() as session:
        session.post(url, data={})  # AUD203
        session.request("GET", url, None, None, None, None, None, None, 7)
        session.mount("https://", HTTPAdapter(max_retries=3))
    requests.Session().get(url)  # AUD203


def given_session(session: requests.Session, url):
    return session.get(url)


class NotRequests:
    def __init__(self, requests):
        self.requests = requests

    def get(self, url):
        return self.requests.get(url)


async def asynchronous(url, client: httpx.AsyncClient):
    await client.get(url)
    await client.get(url, timeout=None)  # AUD203
    httpx.Client(timeout=httpx.Timeout(None))  # AUD203
    httpx.Client(timeout=httpx.Timeout(None, read=5))
    httpx.Client(timeout=httpx.Timeout(5, read=None))
    aiohttp.ClientTimeout(total=None)  # AUD203
    aiohttp.ClientTimeout(connect=5)  # AUD203
    aiohttp.ClientTimeout(total=None, sock_read=5)
    aiohttp.ClientTimeout(10)
    async with aiohttp.ClientSession(timeout=None) as session:
        await session.get(url)
        await session.get(url, timeout=None)  # AUD203


def others(host):
    redis.Redis(host)
    redis.Redis(host, socket_timeout=None)  # AUD203
    Config(read_timeout=None)  # AUD203
    Config(connect_timeout=3)


def with_default(url, timeout=httpx.Timeout(None)):
    return httpx.get(url, timeout=timeout)


def in_process(app):
    return httpx.Client(transport=httpx.WSGITransport(app), timeout=httpx.Timeout(None))


def by_keys_set_later(url, certificates):
    options: dict = {"headers": {}}
    if certificates:
        options["verify"] = certificates
    requests.post(url, **options)  # AUD203


def by_the_key_set_later(url, seconds):
    options = {"headers": {}}
    if seconds:
        options["timeout"] = seconds
    requests.post(url, **options)


def by_a_key_of_a_name(url, key, value):
    options = {"headers": {}}
    options[key] = value
    requests.post(url, **options)


def by_what_changes_it(url, complete):
    options = {"headers": {}}
    options["verify"] = True
    complete(options)
    requests.post(url, **options)
