import threading
from concurrent.futures import ThreadPoolExecutor


class Pools:
    def __init__(self):
        self._lock = threading.Lock()
        self.made = []

    def make(self, workers):
        with self._lock:
            self.made.append(workers)
            return ThreadPoolExecutor(workers)  # AUD501

    def forget(self):
        self.made.clear()

    def again(self, workers):
        with self._lock:
            self.made.append(workers)
        return self.make(workers)
