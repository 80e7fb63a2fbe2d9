import socket
import subprocess
import threading
import time

import requests

_store = None
_store_lock = threading.Lock()


class Screen:
    """What acts on it goes one after the other: that is what the lock is for."""

    def __init__(self):
        self._lock = threading.RLock()
        self._seen = set()

    def act(self, what):
        """Do something."""
        with self._lock:
            return self._act(what)

    def look(self, what):
        with self._lock:
            self._seen.add(what)
            self._act(what)

    def saw(self, what):
        with self._lock:
            return what in self._seen

    def _act(self, what):
        time.sleep(0.5)
        return what


class Machine:
    def __init__(self):
        self._info_lock = threading.Lock()
        self._info = {}
        self._other = {}

    def ask(self):
        with self._info_lock:
            self._info = socket.gethostbyname("localhost")

    def ask_other(self):
        with self._info_lock:
            self._other = socket.gethostbyname("localhost")  # AUD521

    def info(self):
        with self._info_lock:
            return self._info


class Store:
    def __init__(self):
        self.rows = requests.get("https://example.com", timeout=5).json()


def store():
    global _store
    with _store_lock:
        if _store is None:
            _store = Store()
        return _store


def is_there():
    with _store_lock:
        return _store is not None


def repair():
    global _store
    with _store_lock:
        _store = None
        requests.post("https://example.com/repair", timeout=5)


def announce():
    with _store_lock:
        requests.post("https://example.com/announce", timeout=5)  # AUD521


class Connectivity:
    """What a function answers about a setting is no state that was tested."""

    def __init__(self):
        self._lock = threading.Lock()
        self._host = "localhost"
        self._working = False
        self._known = {}

    def check(self):
        with self._lock:
            for _ in range(3):
                working = is_reachable(self._host)
                if not working:
                    time.sleep(1)  # AUD521
                    continue
                break
            self._working = working

    def look(self, name):
        with self._lock:
            known = self._known.get(name)
            if known is None:
                time.sleep(1)
                self._known[name] = name

    def set_host(self, host):
        with self._lock:
            self._host = host


def is_reachable(host):
    return bool(host)


class Rules:
    """Most of what takes the lock runs a program under it."""

    def __init__(self):
        self._lock = threading.RLock()
        self._rules = {}

    def block(self, address):
        with self._lock:
            self._rules[address] = subprocess.run(["iptables", "-A", address], check=True, timeout=5)

    def release(self, address):
        with self._lock:
            self._rules[address] = subprocess.run(["iptables", "-D", address], check=True, timeout=5)

    def release_all(self):
        with self._lock:
            self._rules = {None: subprocess.run(["iptables", "-F"], check=True, timeout=5)}

    def look(self):
        with self._lock:
            self._rules[None] = subprocess.run(["iptables", "-L"], check=True, timeout=5)

    def number(self):
        with self._lock:
            return len(self._rules)


class Writes:
    """The only block over the lock."""

    def __init__(self):
        self._lock = threading.Lock()

    def write(self, action):
        with self._lock:
            for delay in (1, 2, 4):
                try:
                    return action()
                except OSError:
                    time.sleep(delay)


class Throttle:
    def __init__(self):
        self.lock = threading.Lock()
        self.last = 0

    def wait(self, seconds):
        with self.lock:
            time.sleep(seconds)
            self.last = time.time()

    def when(self):
        with self.lock:
            return self.last


if __name__ == "__main__":
    own_lock = threading.Lock()

    def show():
        with own_lock:
            time.sleep(5)

    def count():
        with own_lock:
            return 1
