"""Caches that are emptied without the lock under which they are loaded; containers that are replaced by empty ones."""

import threading


class Steps:
    def __init__(self, catalogue):
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._steps_cache = None
        self._total_cache = None
        self._shape_cache = None

    def clear_cache(self):
        self._steps_cache = None  # AUD520
        self._shape_cache = None

    def invalidate(self):
        self._total_cache = None  # AUD520

    def steps(self):
        with self._lock:
            if self._steps_cache is not None:
                return self._steps_cache
            found = self._catalogue.list_steps()
            self._steps_cache = list(found)
            return self._steps_cache

    def total(self):
        with self._lock:
            if self._total_cache is None:
                self._total_cache = self._catalogue.count()
            return self._total_cache

    def shape(self):
        with self._lock:
            if self._shape_cache is None:
                self._shape_cache = Shape()
            return self._shape_cache


class Shape:
    pass


class Emptied:
    """Who empties the cache under the lock waits for what is being loaded."""

    def __init__(self, catalogue):
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._steps_cache = None

    def clear_cache(self):
        with self._lock:
            self._steps_cache = None

    def stop(self):
        self._steps_cache = None

    def steps(self):
        with self._lock:
            if self._steps_cache is None:
                self._steps_cache = self._catalogue.list_steps()
            return self._steps_cache


class Results:
    """What is stored in the old one came before it was replaced."""

    def __init__(self):
        self._lock = threading.Lock()
        self._results = {}
        self._counters = {}

    def store(self, key, value):
        with self._lock:
            self._results[key] = value

    def take(self, key):
        with self._lock:
            return self._results.pop(key, None)

    def count(self, key):
        with self._lock:
            self._counters[key] = self._counters.get(key, 0) + 1

    def drop(self, key):
        with self._lock:
            self._counters.pop(key, None)

    def flush_results(self):
        self._results = {}

    def flush_counters(self):
        self._counters = {}
