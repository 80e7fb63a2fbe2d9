"""A thread that takes another lock by `with` only waits."""

import threading


class Dual:
    def __init__(self):
        self._inner = threading.Lock()
        self._owner = threading.Lock()
        self.depth = 0

    def enter(self, work):
        self._inner.acquire()
        with self._owner:
            self.depth = 1
        try:
            return work()
        finally:
            self._inner.release()

    def enter_after(self, work):
        self._inner.acquire()  # AUD111
        work.prepare()
        try:
            return work()
        finally:
            self._inner.release()
