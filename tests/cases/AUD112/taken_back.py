"""A lock that callers hold is given up and taken back; a lock of one call keeps nobody out."""

import threading


class Client:
    def __init__(self, disconnect):
        self._lock = threading.Lock()
        self._disconnect = disconnect

    def send(self, message, write):
        with self._lock:
            self._check()
            write(message)

    def _check(self):
        self._lock.release()
        self._disconnect()
        self._lock.acquire()
        raise ConnectionError("closed")

    def close(self):
        self._lock.acquire()  # AUD112
        self._disconnect()
        self._lock.release()


def fill(pool, make):
    lock = threading.Lock()
    lock.acquire()
    pool.append(make())
    lock.release()


class Pools:
    def __init__(self):
        self._lock = threading.Lock()
        self.pools = {}

    def add(self, name, connect):
        with self._lock:
            self._lock.release()
            pool = connect(name)
            self._lock.acquire()
            self.pools[name] = pool
            return pool


class Streams:
    """Whoever gets the stream has the lock with it."""

    def __init__(self, handle):
        self._handle = handle
        self._lock = threading.Lock()

    def open(self, query):
        self._lock.acquire()
        try:
            stream = self._handle.stream(query)
        except Exception:
            self._lock.release()
            raise
        return stream


def deferred(semaphore, run):
    semaphore.acquire()

    def release():
        semaphore.release()

    run(release)
