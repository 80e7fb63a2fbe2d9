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
