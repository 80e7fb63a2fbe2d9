"""Loops that are written out."""

import httpx
import requests


def revoke(url, tokens):
    for kind in ("refresh_token", "access_token"):
        with requests.Session() as session:
            session.post(url, data={"token": tokens[kind]}, timeout=5)


def revoke_all(url, tokens):
    for token in tokens:
        with requests.Session() as session:  # AUD201
            session.post(url, data={"token": token}, timeout=5)


def page(url, client=None):
    if client is None:
        with requests.Session() as own:
            return own.get(url, timeout=5).text
    return client.get(url, timeout=5).text


def pages(urls):
    with requests.Session() as client:
        return [page(url, client) for url in urls]


def statuses() -> dict[str, bool]:
    """Other hosts, few and written out."""
    checks = {"first": "https://first.example", "second": "https://second.example"}
    found = {}
    for name, url in checks.items():
        with httpx.Client(timeout=3) as client:
            found[name] = client.get(f"{url}/health").is_success
    return found


def texts_of(urls: list[str]) -> list[str]:
    """The same name as a client before."""
    texts = []
    with httpx.Client(timeout=3) as client:
        client.get("https://first.example").raise_for_status()
    for url in urls:
        with httpx.Client(timeout=3) as client:  # AUD201
            texts.append(client.get(url).raise_for_status().text)
    return texts
