"""Clients that only the turns make that fail."""

import httpx


def read_all(paths, base_url):
    client = httpx.Client(base_url=base_url)
    for path in paths:
        try:
            print(client.get(path).text)
        except httpx.HTTPError:
            with httpx.Client(timeout=5) as other:
                other.post(f"{base_url}/failures", json=[path])


def read_again(paths, base_url):
    try:
        print(base_url)
    except ValueError:
        for path in paths:
            with httpx.Client(timeout=5) as client:  # AUD201
                client.get(f"{base_url}{path}")
