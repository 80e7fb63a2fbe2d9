"""Classes keep a client that they never close: where functions make their objects over and over, that is felt."""

import redis
import requests
import sqlalchemy
from fastapi import FastAPI

app = FastAPI()


class TableCache:
    def __init__(self, url):
        self.store = redis.Redis.from_url(url)  # AUD204

    def get(self, key):
        return self.store.get(key)


@app.get("/tables/{name}")
def table(name: str):
    cache = TableCache("redis://cache")
    return cache.get(name)


class Prices:
    def __init__(self):
        self.session = requests.Session()  # AUD204

    def today(self):
        return self.session.get("https://prices.example/today", timeout=5).json()


@app.get("/prices")
def prices():
    return Prices().today()


class Kept:
    """Made once, for as long as the program runs."""

    def __init__(self):
        self.session = requests.Session()

    def today(self):
        return self.session.get("https://prices.example/kept", timeout=5).json()


kept = Kept()


class Handed:
    """Whoever gets it keeps it."""

    def __init__(self):
        self.session = requests.Session()


def make_handed():
    return Handed()


class Closed:
    def __init__(self, url):
        self.engine = sqlalchemy.create_engine(url)

    def count(self):
        with self.engine.connect() as connection:
            return connection.execute(sqlalchemy.text("select count(*) from rows")).scalar()

    def close(self):
        self.engine.dispose()


def count_rows(url):
    counter = Closed(url)
    try:
        return counter.count()
    finally:
        counter.close()


class ClosedFromOutside:
    def __init__(self):
        self.borrowed = requests.Session()

    def today(self):
        return self.borrowed.get("https://prices.example/outside", timeout=5).json()


def read_outside():
    reader = ClosedFromOutside()
    try:
        return reader.today()
    finally:
        reader.borrowed.close()


class Given:
    """The session may be somebody else's."""

    def __init__(self, session=None):
        self.session = session or requests.Session()

    def today(self):
        return self.session.get("https://prices.example/given", timeout=5).json()


def read_given():
    return Given().today()


class Worker:
    """Its object serves a loop that goes on."""

    def __init__(self):
        self.store = redis.Redis()

    def step(self):
        return self.store.blpop("work", timeout=5)


def work():
    worker = Worker()
    while True:
        worker.step()


class Left:
    """Whoever leaves it believes that all is closed."""

    def __init__(self):
        self._left = requests.Session()  # AUD204
        self.pages = []

    def read(self, url):
        self.pages.append(self._left.get(url, timeout=5).text)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.pages.clear()


class Abstract:
    def __init__(self):
        self._abstract = requests.Session()

    def read(self, url):
        return self._abstract.get(url, timeout=5).text

    def close(self):
        raise NotImplementedError
