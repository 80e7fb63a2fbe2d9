"""What is held outside already settles the order there."""

import threading


class Cursor:
    def __init__(self):
        self._files_lock = threading.RLock()
        self._state_lock = threading.RLock()

    def add(self, tell):
        with self._files_lock:
            with self._state_lock:
                self.emit(tell)

    def renew(self, tell):
        self.emit(tell)

    def emit(self, tell):
        with self._state_lock:
            tell(self.value())  # AUD523

    def value(self):
        with self._files_lock:
            return 1


class Sender:
    """What is given up first is not taken again."""

    def __init__(self):
        self._lock = threading.Lock()
        self.open = True

    def send(self, write):
        with self._lock:
            self.check()
            write()

    def check(self):
        self._lock.release()
        self.open = False
        self._lock.acquire()
