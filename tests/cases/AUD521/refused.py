"""Tests that refuse what is not wanted, and tests that find what is there already."""

import subprocess
import threading


class Jobs:
    def __init__(self):
        self._lock = threading.Lock()
        self._jobs = {}
        self._closed = False
        self._version = None

    def count(self):
        with self._lock:
            return len(self._jobs)

    def enqueue(self, name):
        with self._lock:
            if self._closed:
                raise RuntimeError("closed")
            version = subprocess.check_output(["tool", "--version"], timeout=3)  # AUD521
            self._jobs[name] = version

    def version(self):
        with self._lock:
            if self._version is not None:
                return self._version
            self._version = subprocess.check_output(["tool", "--version"], timeout=3)
            return self._version
