"""A loop that ends with the call that makes the client."""

import httpx


def ask(path):
    with httpx.Client(base_url="https://api.example.com") as client:
        return client.get(path).json()


def first_known(paths, known):
    for path in paths:
        if path in known:
            return ask(path)
    return None


def tell(path):
    with httpx.Client(base_url="https://api.example.com") as client:  # AUD201
        return client.get(path).json()


def all_known(paths, known):
    found = []
    for path in paths:
        if path in known:
            found.append(tell(path))
    return found
