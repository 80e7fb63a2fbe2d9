"""Paths that callers may give, and that are the same constant where they do not."""

import json
from pathlib import Path

from cryptography.fernet import Fernet

STATE_FILE = Path.home() / ".shop" / "state.json"
SEALED_FILE = Path.home() / ".shop" / "cookies.enc"
OTHER_FILE = Path.home() / ".shop" / "other.json"


def load(path=STATE_FILE):
    with open(path) as file:
        return json.load(file)


def save(state, path=STATE_FILE):
    with open(path, "w") as file:  # AUD213
        json.dump(state, file)


def seal(key, data, path=SEALED_FILE):
    sealed = Fernet(key).encrypt(data)
    with open(path, "wb") as file:  # AUD213
        file.write(sealed)


def unseal(key, path=SEALED_FILE):
    with open(path, "rb") as file:
        return Fernet(key).decrypt(file.read())


def save_other(state, path=OTHER_FILE):
    with open(path, "w") as file:
        json.dump(state, file)


def load_config(path=STATE_FILE):
    place = Path(path)
    return json.loads(place.read_text()) if place.exists() else {}


def save_config(config, path=STATE_FILE):
    place = Path(path)
    place.write_text(json.dumps(config))  # AUD213


def _config_path():
    return Path.home() / ".shop" / "config.json"


def read_orders(path=None):
    place = path or _config_path()
    return json.loads(place.read_text())


def write_orders(orders, path=None):
    place = path or _config_path()
    place.write_text(json.dumps(orders))  # AUD213


def read_orders_where_missing(path=None):
    if path is None:
        path = _config_path()
    with open(path) as file:
        return json.load(file)


def write_orders_where_missing(orders, path=None):
    if path is None:
        path = _config_path()
    with open(path, "w") as file:  # AUD213
        json.dump(orders, file)


def write_another(orders, path=None):
    if orders:
        path = "orders.json"
    with open(path, "w") as file:
        json.dump(orders, file)


def save_where_told(state, path):
    with open(path, "w") as file:
        json.dump(state, file)


def load_from_where_told(path):
    with open(path) as file:
        return json.load(file)
