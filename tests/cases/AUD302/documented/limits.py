"""Limits of requests. They fail open: a store that is down never raises."""

import requests


def take(name):
    requests.get(name, timeout=1)


def spend(name):
    try:
        take(name)
    except Exception:
        pass
