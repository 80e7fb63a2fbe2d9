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
