"""A lock that its class never makes: taking it fails, so that it guards nothing."""

import threading


class Never:
    def __init__(self):
        self._services = {}

    def start(self, name, queue):
        with self._lock:
            self._services[name] = queue

    def publish(self, message):
        for queue in self._services.values():
            queue.put(message)


class Made:
    def __init__(self):
        self._lock = threading.Lock()
        self._services = {}

    def start(self, name, queue):
        with self._lock:
            self._services[name] = queue

    def publish(self, message):
        for queue in self._services.values():  # AUD520
            queue.put(message)
