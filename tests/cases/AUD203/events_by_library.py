import httpx
from httpx_sse import connect_sse


def events(url):
    with httpx.Client(timeout=None) as client:
        with connect_sse(client, "POST", url) as source:
            yield from source.iter_sse()


def answers(url):
    with httpx.Client(timeout=None) as client:  # AUD203
        yield client.get(url)
