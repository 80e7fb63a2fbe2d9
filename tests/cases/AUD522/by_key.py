import threading


class Resources:
    """What is called is the module's own: only the key comes from outside."""

    def __init__(self):
        self._lock = threading.Lock()
        self._closing = {}
        self._callbacks = {}

    def make(self, kind):
        with self._lock:
            self._closing[kind] = Resources.close_one

    def on_close(self, kind, callback):
        with self._lock:
            self._callbacks[kind] = callback

    def close(self, kind):
        with self._lock:
            closing = self._closing.get(kind)
            closing(kind)
            callback = self._callbacks.get(kind)
            callback(kind)  # AUD522

    @staticmethod
    def close_one(kind): ...


class Adapters:
    """What is made of a registered class is kept."""

    def __init__(self):
        self._lock = threading.Lock()
        self._classes = {}
        self._made = {}

    def register(self, name, adapter):
        with self._lock:
            self._classes[name] = adapter

    def get(self, name):
        with self._lock:
            adapter = self._classes.get(name)
            self._made[name] = adapter()
            return self._made[name]
