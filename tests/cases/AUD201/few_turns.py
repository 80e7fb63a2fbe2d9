"""Loops that are written out."""

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
