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


class Ordered:
    def __init__(self):
        self._sources = [Catalogue("https://one.example"), Catalogue("https://two.example")]
        self._harmless = [Empty("https://one.example")]

    async def first_of(self, name):
        for number, source in enumerate(self._sources):
            print(number, source.latest(name))  # AUD102
        for source in sorted(self._sources, key=str):
            print(source.latest(name))  # AUD102
        for source, other in zip(self._sources, self._harmless):
            print(source.latest(name))  # AUD102
            print(other.latest(name))
        first = next((source for source in self._sources if source.address), None)
        best = max(self._sources, key=str)
        return first.latest(name) or best.latest(name)  # AUD102

    async def first_harmless(self, name):
        for _, source in enumerate(reversed(self._harmless)):
            source.latest(name)
        return next(iter(self._harmless)).latest(name)


class Commands:
    def _do_artist(self, name):
        return by_artist(name)

    def _do_nothing(self, name):
        return name

    async def _later_artist(self, name):
        return by_artist(name)  # AUD102

    async def run(self, kind, name):
        command = getattr(self, f"_do_{kind}", None)
        if command is None:
            return None
        return command(name)  # AUD102

    async def run_later(self, kind, name):
        return await getattr(self, f"_later_{kind}")(name)

    async def run_other(self, other, kind, name):
        getattr(self, f"{kind}_artist")(name)
        return getattr(other, f"_do_{kind}")(name)


def pages(name):
    while True:
        yield requests.get(f"https://catalogue.example/{name}", timeout=5).json()


def page_and_more(name):
    yield name
    requests.post(f"https://catalogue.example/{name}", timeout=5)


async def begun(name):
    # What stands behind the first `yield` is not run.
    return next(page_and_more(name))


async def is_there(name):
    found = pages(name)
    return any(found)  # AUD102


async def later(name):
    return pages(name), next(iter([name]))
