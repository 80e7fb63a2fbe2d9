"""Who waits for a command waits for its few turns."""

import httpx


def read_all(names):
    found = []
    for name in names:
        with httpx.Client() as client:
            found.append(client.get(f"https://shop.example/{name}").json())
    return found
