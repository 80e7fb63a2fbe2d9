"""Functions, classes and objects that lists and dictionaries hold, where all of them are known."""

import json

import requests


class Catalogue:
    def __init__(self, address):
        self.address = address

    def latest(self, artist):
        return requests.get(f"{self.address}/{artist}", timeout=5).json()


class Empty:
    def __init__(self, address):
        self.address = address

    def latest(self, artist):
        return {}


def by_artist(name):
    return requests.get(f"https://catalogue.example/{name}", timeout=5).json()


def nothing(name):
    return {}


async def slowly(name):
    return {}


HANDLERS = {"artist": by_artist, "none": nothing}
HARMLESS = {"none": nothing, "nothing": nothing}
MIXED = {"artist": by_artist, "slow": slowly}
NOT_KNOWN = {"artist": by_artist, "other": json.loads}
SOURCES = {"catalogue": Catalogue, "empty": Empty}
_made = {}


def source_of(address):
    if address not in _made:
        _made[address] = Catalogue(address)
    return _made[address]


class Service:
    def __init__(self):
        self._handlers = {"artist": self._artist, "none": nothing}
        self._sources = [Catalogue("https://one.example"), Catalogue("https://two.example")]
        self._harmless = [Empty("https://one.example")]
        self._by_name: dict = {}
        self._numbers = {}

    def add(self, name):
        self._by_name[name] = Catalogue(name)
        self._numbers[name] = len(name)

    def _artist(self, name):
        return by_artist(name)

    async def answer(self, kind, name):
        return self._handlers[kind](name)  # AUD102

    async def answer_if_known(self, kind, name):
        handler = HANDLERS.get(kind)
        if handler is None:
            return None
        return handler(name)  # AUD102

    async def answer_all(self, name):
        for kind, handler in HANDLERS.items():
            print(kind, handler(name))  # AUD102
        for source in self._sources:
            print(source.latest(name))  # AUD102
        for source in self._by_name.values():
            print(source.latest(name))  # AUD102

    async def answer_from(self, kind, name):
        return SOURCES[kind]("https://one.example").latest(name)  # AUD102

    async def answer_kept(self, address, name):
        return source_of(address).latest(name)  # AUD102

    async def answer_harmless(self, kind, name):
        HARMLESS[kind](name)
        for source in self._harmless:
            source.latest(name)
        MIXED[kind](name)
        NOT_KNOWN[kind](name)
        self._numbers[name].bit_length()
        return HARMLESS.get(kind, nothing)(name)
