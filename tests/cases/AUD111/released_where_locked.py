import threading


class Store:
    def __init__(self, engine):
        self._lock = threading.Lock()
        self._engine = engine

    def reset(self):
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self._engine.dispose()
            self._engine.create()
            return True
        finally:
            if self._lock.locked():
                self._lock.release()
