"""What measures how long it takes to connect connects on each turn."""

import time

import httpx


def network_latency(url):
    found = []
    for _ in range(100):
        begun = time.perf_counter()
        with httpx.Client() as client:
            client.get(url)
        found.append(time.perf_counter() - begun)
    return found


def answers(url):
    found = []
    for _ in range(100):
        with httpx.Client() as client:  # AUD201
            found.append(client.get(url).text)
    return found
