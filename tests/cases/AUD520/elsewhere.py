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
        self._buffer = bytearray()  # AUD520

    def read(self, size):
        with self._lock:
            return bytes(self._buffer[:size])


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
        self.clusters[new] = self.clusters.pop(old)  # AUD520


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
        self._client = self._make()  # AUD520
