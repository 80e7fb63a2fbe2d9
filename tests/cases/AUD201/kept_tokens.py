"""Tokens that a table of the module keeps, and answers that nothing keeps."""

import time

import httpx

_KEPT = {"token": "", "until": 0.0}


def token():
    now = time.time()
    if _KEPT["token"] and now < _KEPT["until"]:
        return _KEPT["token"]
    with httpx.Client(timeout=5) as client:
        answer = client.post("https://example.com/token").json()
    _KEPT["token"] = answer["token"]
    _KEPT["until"] = now + answer["seconds"]
    return answer["token"]


def comments(name):
    with httpx.Client(timeout=5) as client:  # AUD201
        return client.get(f"https://example.com/{name}", headers={"token": token()}).json()


def all_comments(names):
    return [comments(name) for name in names]
