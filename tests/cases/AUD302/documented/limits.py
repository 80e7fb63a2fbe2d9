"""Limits of requests. They fail open when the store is down."""

import requests


def take(name):
    requests.get(name, timeout=1)


def spend(name):
    try:
        take(name)
    except Exception:
        pass
