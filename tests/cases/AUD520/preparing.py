"""What fills an object before others have it, and what empties it before it starts the workers."""

import threading

_lock = threading.Lock()
_busy = set()


def claim(uuid):
    with _lock:
        if uuid in _busy:
            raise KeyError(uuid)
        _busy.add(uuid)


def start_one(work):
    threading.Thread(target=work).start()


def start_all(work, count):
    _busy.clear()
    for _ in range(count):
        start_one(work)


def forget_all():
    _busy.clear()


class Store:
    def __init__(self, path):
        self.lock = threading.Lock()
        self.data = {}
        self.path = path

    def delete(self, key):
        with self.lock:
            if key in self.data:
                self.data.pop(key)

    def load_state(self, read):
        self.data["settings"] = read(self.path)

    def put(self, key, value):
        self.data[key] = value  # AUD520

    def look_2(self):
        with self.lock:
            for key in self.data:
                print(key)


class Settings:
    def __init__(self):
        self.lock = threading.Lock()
        self.values = {}

    def forget(self, key):
        with self.lock:
            self.values.pop(key)

    def reload_state(self, read):
        self.values = read()
        self._apply(read())

    def _apply(self, values):
        self.values["name"] = values["name"]


class Tokens:
    def __init__(self, fetch):
        self.lock = threading.Lock()
        self.task_lock = fetch.task_lock
        self.rows = {}

    def adopt(self, user, row):
        with self.lock:
            self.rows[user] = row

    async def refresh(self, user, fetch):
        async with self.task_lock:
            await self._save(user, await fetch(user))

    async def _save(self, user, row):
        self.rows[user] = row


def look_1():
    with _lock:
        return _busy
