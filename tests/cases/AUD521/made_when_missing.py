"""What is made when it is missing: all who come meanwhile need it as well."""

import socket
import threading
import time

_lock = threading.RLock()
_records = {}
_connections = {}
_is_stale = True


def count():
    with _lock:
        return len(_records)


def _load():
    with socket.create_connection(("db", 80), 5) as peer:
        return peer.makefile().readlines()


def _ensure_loaded():
    global _is_stale
    with _lock:
        if not _is_stale:
            return
        lines = _load()
        _records.clear()
        _records.update(dict.fromkeys(lines))
        _is_stale = False


def record(name):
    with _lock:
        _ensure_loaded()
        return _records.get(name)


def _connection(host):
    known = _connections.get(host)
    if known:
        if known.fileno() > 0:
            return known
        known.close()
    made = socket.create_connection((host, 80), 5)
    _connections[host] = made
    return made


def send(host, text):
    with _lock:
        _connection(host).sendall(text)


class Models:
    def __init__(self):
        self._lock = threading.Lock()
        self._server = None

    def is_up(self):
        with self._lock:
            return self._server is not None

    def serve(self, name):
        with self._lock:
            current = self._server
            if current is not None and current.alive:
                if current.name == name:
                    return current
                current.stop()
            self._server = start(name)
            time.sleep(3)
            return self._server

    def note(self, name):
        with self._lock:
            self.last = name
            time.sleep(3)  # AUD521


def start(name):
    return name
