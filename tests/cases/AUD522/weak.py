"""A registry of weak references: calling one gives its object."""

import threading
import weakref


class Budget:
    def __init__(self):
        self._lock = threading.Lock()
        self._storages = {}

    def register(self, name, storage):
        with self._lock:
            self._storages[name] = weakref.ref(storage)

    def alive(self):
        with self._lock:
            return [storage for reference in self._storages.values() if (storage := reference()) is not None]

    def forget(self, name):
        with self._lock:
            self._storages.pop(name, None)
