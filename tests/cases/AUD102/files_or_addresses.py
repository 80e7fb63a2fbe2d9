"""What takes the name of a file as well as an address is mostly given a file, the further away the more so."""

from pathlib import Path
from urllib.parse import urlparse

import requests


def read_source(source: str) -> str:
    if urlparse(source).scheme in ("http", "https"):
        return requests.get(source, timeout=5).text
    return Path(source).name


def read_template(source: str) -> str:
    return read_source(source).strip()


def read_card(source: str) -> dict:
    return {"template": read_template(source)}


def read_cards(sources: list[str]) -> list[dict]:
    return list(map(read_card, sources))


async def one_source(source):
    return read_source(source)  # AUD102


async def several_cards(sources):
    return read_cards(sources)


async def an_address(source: str):
    if source.startswith(("http://", "https://")):
        return requests.get(source, timeout=5).text  # AUD102
    return source
