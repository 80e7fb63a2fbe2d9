"""Coroutines of one event loop, and base classes that have no lock."""

import threading


class Output:
    """The lock guards the buffer, which the thread of the sound card reads."""

    def __init__(self):
        self._lock = threading.Lock()
        self._pushed = 0.0
        self._buffer = bytearray()

    async def push(self, frame):
        with self._lock:
            self._pushed += frame.duration
            self._buffer += frame.data

    async def wait(self):
        self._pushed = 0.0

    def drop(self):
        self._buffer = bytearray()

    def read(self, size):
        with self._lock:
            return bytes(self._buffer[:size])

    def look_6(self):
        with self._lock:
            return self._buffer


class Clusters:
    def __init__(self):
        self.clusters = {}

    def end_all(self):
        while self.clusters:
            self.clusters.popitem()


class SharedClusters(Clusters):
    def __init__(self):
        super().__init__()
        self._lock = threading.Lock()

    def remove(self, name):
        with self._lock:
            self.clusters.pop(name)

    def rename(self, old, new):
        self.clusters[new] = self.clusters.pop(old)

    def look_5(self):
        with self._lock:
            return self.clusters


class Api:
    """What somebody sets counts, whether a default was made on first use before or not."""

    def __init__(self, make):
        self._lock = threading.Lock()
        self._client = None
        self._make = make

    @property
    def client(self):
        with self._lock:
            if self._client is None:
                self._client = self._make()
        return self._client

    @client.setter
    def client(self, client):
        self._client = client

    def renew(self):
        self._client = self._make()

    def look_4(self):
        with self._lock:
            return self._client


_running = []


class Process:
    """The lock of one object does not guard the list that all have."""

    def __init__(self):
        self._lock = threading.Lock()

    def stop(self):
        with self._lock:
            _running.remove(self)


def start():
    process = Process()
    _running.append(process)
    return process


class Queue:
    def __init__(self, logger):
        self._lock = threading.Lock()
        self._logger = logger
        self.entries = []
        self.told = False

    def add(self, entry):
        with self._lock:
            if entry not in self.entries:
                self.entries.append(entry)
            self.told = False

    def drop(self, entry):
        with self._lock:
            self.entries.remove(entry)

    def take(self):
        try:
            return self.entries.pop()
        except IndexError:
            return None

    def take_first(self):
        return self.entries.pop(0)

    def tell(self):
        if not self.told:
            self._logger.info("there are entries")
            self.told = True

    def tell_all(self, send):
        if not self.told:
            send("there are entries")
            self.told = True

    def end(self, number, frame):
        for entry in self.entries:
            entry.cancel()

    def end_all(self):
        for entry in self.entries:
            entry.cancel()

    def look_3(self):
        with self._lock:
            return self.entries, self.told


class Connection:
    """The lock is there for the end alone."""

    def __init__(self, loop):
        self._lock = threading.Lock()
        self._loop = loop
        self._ready = []

    def add(self, event):
        self._ready.append(event)

    def _cleanup(self):
        with self._lock:
            self._loop.close()
            self._ready.clear()


class Lookup:
    def __init__(self, name):
        self._lock = threading.Lock()
        self._state = "new"
        self._timer = None

    def start(self):
        self._state = "active"
        self._timer = threading.Timer(0, self.resolve)
        self._timer.start()

    def resolve(self):
        with self._lock:
            if self._state == "active":
                self._state = "resolved"

    def restart(self, state):
        self._state = f"{state} again"

    def look_2(self):
        with self._lock:
            return self._state


class Rewind:
    """The lock has the name of what it guards, and most functions write the state without it."""

    def __init__(self):
        self._task_lock = threading.Lock()
        self._task = None
        self._state = "new"

    def check(self, needed):
        self._state = needed or "fine"

    def reset(self, state):
        self._state = state
        with self._task_lock:
            self._task = None

    def run(self, task):
        with self._task_lock:
            self._task = task
            if self._state == "fine":
                self._state = "running"

    def forget(self, task):
        self._task = task if self._task is None else self._task

    def look_1(self):
        with self._task_lock:
            return self._task
