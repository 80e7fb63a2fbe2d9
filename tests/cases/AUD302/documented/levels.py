"""Levels of requests."""

import requests


def take(name):
    requests.get(name, timeout=1)


def spend(name):
    try:
        take(name)
    except Exception:  # AUD302
        pass
