import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import requests
from fastapi import APIRouter, Depends

router = APIRouter()
_session = None
_pool = None
_names = None
_settings = None
_other = None
_lock = threading.Lock()


def get_session():
    global _session
    if _session is None:
        _session = requests.Session()  # AUD524
    return _session


@router.get("/rows")
def rows():
    return get_session().get("https://example.com/rows", timeout=5).json()


class Connection:
    def __init__(self):
        self.sent = []

    def send(self, row):
        self.sent.append(row)


class OrderRepository:
    pass


_orders = None


def get_orders():
    """Of two that hold nothing, either will do."""
    global _orders
    if _orders is None:
        _orders = OrderRepository()
    return _orders


@router.get("/orders")
def orders():
    return str(get_orders())


def get_other():
    global _other
    if not _other:
        _other = Connection()  # AUD524
    return _other


@router.get("/other")
async def other(connection=Depends(get_other)):
    return str(connection)


def get_pool():
    global _pool
    with _lock:
        if _pool is None:
            _pool = Connection()
    return _pool


def get_names():
    """Plain data, made twice, is the same."""
    global _names
    if _names is None:
        _names = {}
    return _names


def load_settings():
    return {"name": "value"}


def get_settings():
    global _settings
    if _settings is None:
        _settings = load_settings()
    return _settings


def work(name):
    get_pool()
    get_names()
    return get_settings()


def run(names):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(work, names))


_model = None


def get_model():
    global _model
    if _model is None:
        _model = Connection()
    return _model


async def on_the_loop():
    """One thread; what waits in between is another rule's."""
    return get_model()


_worker_state = None


def only_worker():
    global _worker_state
    if _worker_state is None:
        _worker_state = Connection()


def start():
    threading.Thread(target=only_worker).start()


class Builder:
    def __init__(self):
        self._lock = asyncio.Lock()
        self._built = None

    def _build(self):
        if self._built is not None:
            return self._built
        self._built = Connection()
        return self._built

    async def built(self):
        async with self._lock:
            return await asyncio.to_thread(self._build)


class Answer:
    """Made for each call."""

    def __init__(self):
        self._connection = None

    def read(self):
        if self._connection is None:
            self._connection = Connection()
        return self._connection


@router.get("/answer")
def answer():
    return str(Answer().read())


_alone = ThreadPoolExecutor(1)
_connection = None


def names(path):
    """One thread runs it, one call after the other."""
    global _connection
    if not _connection:
        _connection = Connection()
    return _connection, path


def ask(path):
    return _alone.submit(names, path)
