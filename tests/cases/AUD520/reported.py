import asyncio
import threading
from collections import defaultdict

_registry = {}
_registry_lock = threading.Lock()
_count = 0


def remember(name, value):
    global _count
    with _registry_lock:
        if name not in _registry:
            _registry[name] = value
            _count += 1


def forget(name):
    _registry.pop(name, None)


def names_of(values):
    return [name for name, value in _registry.items() if value in values]


def reset():
    global _count
    _count = 0


def take():
    global _count
    taken, _count = _count, 0  # AUD520
    return taken


class Mixed:
    """A private method that is called with the lock and without it."""

    def __init__(self):
        self._lock = threading.Lock()
        self._entries = defaultdict(list)

    def add(self, key, value):
        with self._lock:
            self._entries[key] = [*self._entries[key], value]
            self._drop("old")

    def get(self, key):
        self._drop(key)
        return self._entries.get(key)

    def _drop(self, key):
        self._entries.pop(key, None)  # AUD520

    def look_6(self):
        with self._lock:
            return self._entries


class Target:
    """A private method that a thread runs."""

    def __init__(self):
        self._lock = threading.Lock()
        self._done = set()
        self.thread = threading.Thread(target=self._run)

    def add(self, key):
        with self._lock:
            if key not in self._done:
                self._done.add(key)

    def _run(self):
        self._done.clear()

    def look_5(self):
        with self._lock:
            return self._done


class Base:
    def __init__(self):
        self._lock = threading.Lock()
        self.total = 0


class Derived(Base):
    def add(self):
        with self._lock:
            self.total += 1

    def subtract(self):
        self.total -= 1  # AUD520

    def look_4(self):
        with self._lock:
            return self.total


class TestsAndSets:
    def __init__(self):
        self.mutex = threading.Lock()
        self.enabled = False

    def enable(self):
        with self.mutex:
            self.enabled = True

    def disable(self, callbacks):
        if self.enabled:
            self.enabled = False
            for callback in callbacks:
                callback()

    def look_3(self):
        with self.mutex:
            return self.enabled


class Tasks:
    """A lock for tasks is needed where its holder waits."""

    def __init__(self):
        self._lock = asyncio.Lock()
        self.total = 0
        self._listeners = {}

    async def recount(self, count):
        async with self._lock:
            before = self.total
            self.total = before + await count()

    async def add(self):
        self.total += 1  # AUD520

    async def publish(self, event):
        async with self._lock:
            for listener in self._listeners.values():
                await listener(event)

    def subscribe(self, key, listener):
        self._listeners[key] = listener  # AUD520

    def look_2(self):
        with self._lock:
            return self._listeners, self.total


def look_1():
    with _registry_lock:
        return _count, _registry
