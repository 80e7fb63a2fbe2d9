"""Making an object that only keeps what it is given fails for nobody."""

import os
from dataclasses import dataclass
from typing import NamedTuple


@dataclass
class Lock:
    path: str
    is_taken: bool = False


class Place(NamedTuple):
    path: str


class Note:
    """Keeps names."""

    def __init__(self, path, lines=None):
        self.path = path
        self.lines = lines or []


class Checked:
    def __init__(self, path):
        self.size = os.stat(path).st_size


@dataclass
class Verified:
    path: str

    def __post_init__(self):
        os.stat(self.path)


def read(path):
    file = open(path)
    lock = Lock(path=path)
    place = Place(path)
    note = Note(path)
    try:
        return file.read(), lock, place, note
    finally:
        file.close()


def read_checked(path):
    file = open(path)  # AUD211
    checked = Checked(path)
    try:
        return file.read(), checked
    finally:
        file.close()


def read_verified(path):
    file = open(path)  # AUD211
    verified = Verified(path)
    try:
        return file.read(), verified
    finally:
        file.close()


def read_unpacked(path, options):
    file = open(path)  # AUD211
    lock = Lock(**options)
    try:
        return file.read(), lock
    finally:
        file.close()
