"""A cache whose reader does without it."""

import contextlib
import json
import os
from pathlib import Path

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


def names_path():
    return os.getenv("APP_NAMES_CACHE") or "/var/lib/app/names.json"


def names():
    try:
        return json.loads(Path(names_path()).read_text())
    except ValueError:
        return {}


def keep_names(names):
    Path(names_path()).write_text(json.dumps(names))


class Store:
    def __init__(self, path):
        self.path = path

    def load(self):
        try:
            with self.path.open() as file:
                return json.load(file)
        except FileNotFoundError:
            with self.path.open("w") as file:
                json.dump({}, file)
            return {}


class TokenCache:
    def __init__(self, path):
        self.path = path

    def load(self):
        try:
            with open(self.path) as file:
                return json.load(file)
        except Exception:
            return None

    def save(self, token):
        with open(self.path, "w") as file:
            json.dump(token, file)


class Bucket:
    def __init__(self, store, name):
        self.store = store
        self.name = name

    def state(self):
        return json.loads(self.store.read_text(self.name))

    def keep(self, state):
        self.store.write_text(self.name, json.dumps(state))


class Marker:
    def __init__(self, path):
        self.path = path

    def mark(self, run):
        with contextlib.suppress(OSError):
            self.path.write_text(json.dumps({"run": run}))

    def marked(self):
        try:
            return json.loads(self.path.read_text())
        except (OSError, ValueError):
            return None
