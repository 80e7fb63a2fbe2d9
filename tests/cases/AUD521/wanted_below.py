"""What is wanted once, also further down; what begins it all; one check after the other."""

import subprocess
import threading
import time
import urllib.request


class Models:
    def __init__(self):
        self._guard = threading.Lock()
        self._handle = None
        self._names = []

    def start(self):
        with self._guard:
            subprocess.run(["nvidia-smi"], check=False)

    def names(self):
        with self._guard:
            return list(self._names)

    def embed(self, texts):
        with self._guard:
            handle = self._prepared()
            return [handle, *texts]

    def _prepared(self):
        if self._handle is not None:
            return self._handle
        with urllib.request.urlopen("https://example.org/model", timeout=9) as answer:
            self._handle = answer.read()
        return self._handle

    def rename(self, name):
        with self._guard:
            self._pause()  # AUD521
            self._names.append(name)

    def _pause(self):
        time.sleep(3)


class Connectivity:
    def __init__(self):
        self._mutex = threading.RLock()
        self.online = True

    def is_online(self):
        with self._mutex:
            return self.online

    def check_immediately(self):
        with self._mutex:
            self._check()
            return self.online

    def _check(self):
        time.sleep(1)
