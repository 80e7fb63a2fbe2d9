"""A function that gives a lock away for a while and takes it back."""

import threading

lock = threading.Lock()


def put(queue, task):
    while True:
        try:
            lock.release()
            queue.put(task, timeout=3)
            return
        except OSError:
            print("full")
        finally:
            lock.acquire()


class Weighted:
    def __init__(self, value, weight):
        self._value = value
        self._weight = weight

    def weight(self):
        return self._weight


class Loading(Weighted):
    def __init__(self):
        super().__init__(None, 1)
        self.loaded = threading.Event()


class Cached:
    """Between the two an object of the module is made, and asked what it weighs."""

    def __init__(self):
        self._lock = threading.RLock()
        self._cache = {}
        self._weight = 0

    def get(self, key, load):
        self._lock.acquire()
        loading = Loading()
        self._cache[key] = loading
        self._weight += loading.weight()
        self._lock.release()
        return load(loading)
