from functools import lru_cache

import requests
from requests.adapters import HTTPAdapter


@lru_cache(maxsize=None)
def shared() -> requests.Session:
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=3))
    return session


def plain() -> requests.Session:
    return requests.Session()


def given(session: requests.Session) -> requests.Session:
    return session


def names():
    session = shared()
    return session.get("https://example.com/names").text  # AUD203
