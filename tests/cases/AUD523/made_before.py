import threading


class Policies:
    """What the block makes keeps the function from taking the lock again."""

    def __init__(self):
        self._lock = threading.Lock()
        self._system = None
        self._rows = None

    def ensure(self):
        with self._lock:
            if self._system is None:
                self._system = object()
            self.clear()
            self.look()
            self.load()  # AUD523

    def clear(self):
        if self._system is None:
            self.ensure()

    def look(self):
        if hasattr(self, "_system") and self._system is not None:
            return self._system
        else:
            return self.ensure()

    def load(self):
        if self._rows is None:
            self.reset()

    def reset(self):
        with self._lock:
            self._rows = []
