"""A `data:` address holds its body itself."""

import io
import urllib.request
from urllib.parse import urlparse


def opened(url):
    parts = urlparse(url)
    if parts.scheme == "data":
        with urllib.request.urlopen(url, timeout=5) as response:
            return io.BytesIO(response.read())
    return None


def downloaded(url):
    parts = urlparse(url)
    if parts.scheme == "https":
        with urllib.request.urlopen(url, timeout=5) as response:
            return io.BytesIO(response.read())  # AUD205
    return None
