"""Clients of a worker's loop, which live as long as the process."""

import requests


def check_for_new_version(leaving, current):
    session = requests.Session()
    session.verify = True
    while not leaving.is_set():
        response = session.get("https://example.com/version", timeout=5)
        current["version"] = response.text
        leaving.wait(86400)


def once(current):
    session = requests.Session()  # AUD204
    response = session.get("https://example.com/version", timeout=5)
    current["version"] = response.text
