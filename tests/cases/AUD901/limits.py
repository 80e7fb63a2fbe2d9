"""Time limits: numbers at calls, and numbers that have a name."""

import urllib.request

import httpx
import requests
from shop import settings

LIMITS = httpx.Timeout(10.0, read=30)
LIMIT = 10


def written(url, session: requests.Session):
    requests.get(url, timeout=(3, 10))  # AUD901
    session.post(url, timeout=10)  # AUD901
    urllib.request.urlopen(url, None, 5)  # AUD901
    return httpx.AsyncClient(timeout=httpx.Timeout(30))  # AUD901


def named(url, limits=httpx.Timeout(5)):
    requests.get(url, timeout=LIMIT)
    requests.get(url, timeout=settings.timeout)
    requests.get(url, timeout=settings.timeout * 2)
    httpx.get(url, timeout=None)
    return httpx.Client(timeout=LIMITS), limits


def of_something_else(queue, event):
    event.wait(timeout=5)
    return queue.get(timeout=3)
