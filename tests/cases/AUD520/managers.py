"""A context manager of the class holds the lock for its block."""

import contextlib
import threading


class Memory:
    def __init__(self):
        self._lock = threading.Lock()
        self._seen = {}

    @contextlib.contextmanager
    def _call(self):
        with self._lock:
            yield

    @contextlib.contextmanager
    def _measured(self):
        yield

    def add(self, key, value):
        with self._lock:
            self._seen[key] = value

    def keys(self):
        with self._lock:
            return [key for key in self._seen]

    def remove(self, key):
        with self._call():
            if key in self._seen:
                del self._seen[key]

    def remove_bare(self, key):
        with self._measured():
            if key in self._seen:
                del self._seen[key]  # AUD520
