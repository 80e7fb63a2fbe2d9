"""URLs whose scheme was asked for before, and calls whose waiting is waived by name."""

import urllib.request
from urllib.parse import urlparse

import requests


def read(url):
    parts = urlparse(url)
    if parts.scheme == "file":
        try:
            return urllib.request.urlopen(url).read()
        except OSError:
            return b""
    return urllib.request.urlopen(url).read()  # AUD203


def read_any(url):
    if url.startswith("data:"):
        return urllib.request.urlopen(url).read()
    elif url.startswith("http:"):
        return urllib.request.urlopen(url).read()  # AUD203
    if not url.startswith("file:"):
        return urllib.request.urlopen(url).read()  # AUD203
    return b""


def upload(url, data):
    return requests.post(  # noqa: S113
        url,
        data=data,
    )


def upload_again(url, data):
    return requests.post(url, data=data)  # noqa: S501  # AUD203
