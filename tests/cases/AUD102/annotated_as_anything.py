"""What is annotated as anything is what it is given; parameters that are None by default, too."""

from typing import Any, Callable, Optional

import httpx
import requests


class Catalogue:
    def latest(self, artist):
        return requests.get(artist, timeout=5).json()


class Silent:
    async def latest(self, artist):
        return {}


_client: Any = None


def client() -> Any:
    global _client
    if _client is None:
        _client = Catalogue()
    return _client


def maybe_client(url: str | None) -> Optional[Any]:
    return httpx.Client(base_url=url) if url else None


async def newest(artist):
    return client().latest(artist)  # AUD102


async def newest_if_there(artist):
    there = maybe_client(artist)
    if there:
        return there.get("/newest")  # AUD102


async def newest_by(artist, catalogue=None):
    if catalogue is None:
        catalogue = Catalogue()
    return catalogue.latest(artist)  # AUD102


async def newest_of(artist, catalogue):
    if isinstance(artist, str):
        catalogue = Catalogue()
    return catalogue.latest(artist)


class Lazy:
    def __init__(self, inner: Optional[Any] = None):
        self._inner = inner

    @property
    def inner(self) -> Any:
        if self._inner is None:
            self._inner = Catalogue()
        return self._inner

    async def newest(self, artist):
        return self.inner.latest(artist)  # AUD102


class Given:
    def __init__(self, inner: "Catalogue | Any" = None, fetch: Callable[..., Any] = requests.get, made=Catalogue):
        self._inner: Any = inner or Silent()
        self._other = inner
        self._fetch = fetch
        self._made = made()

    async def newest(self, artist):
        return await self._inner.latest(artist)

    async def newest_other(self, artist):
        return self._other.latest(artist)  # AUD102

    async def fetched(self, artist):
        return self._fetch(artist, timeout=5)  # AUD102

    async def made(self, artist):
        return self._made.latest(artist)  # AUD102
