"""A cache whose reader does without it."""

import json

CACHE_FILE = "/var/lib/app/versions.json"
STATE_FILE = "/var/lib/app/state.json"


def cached():
    try:
        with open(CACHE_FILE) as file:
            return json.load(file)
    except Exception:
        return None


def cache(versions):
    with open(CACHE_FILE, "w") as file:
        json.dump(versions, file)


def state():
    try:
        with open(STATE_FILE) as file:
            return json.load(file)
    except Exception:
        return None


def keep(state):
    with open(STATE_FILE, "w") as file:  # AUD213
        json.dump(state, file)
