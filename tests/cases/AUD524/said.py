"""Who says why there is no lock has thought of it."""

import threading

import httpx

_client = None
_other = None


def client():
    """The client of all. Two threads that build it at first leave one unused, so no lock guards it."""
    global _client
    if _client is None:
        _client = httpx.Client()
    return _client


def other():
    global _other
    if _other is None:
        _other = httpx.Client()  # AUD524
    return _other


def work():
    client().get("https://example.org")
    other().get("https://example.org")


def start():
    return [threading.Thread(target=work) for _ in range(2)]
