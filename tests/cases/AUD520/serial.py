"""What comes out is what would come out one after the other: nothing is lost, no loop breaks."""

import threading

_paths = set()
_paths_lock = threading.Lock()


def path_lock():
    """Given to those who add."""
    return _paths_lock


def add_path(path):
    _paths.add(path)


def forget(path):
    with _paths_lock:
        if path is None:
            _paths.clear()
        else:
            _paths.discard(path)


class Roles:
    def __init__(self):
        self._lock = threading.Lock()
        self._roles = {}
        self._loops = {}
        self._made = {}

    def add(self, name, role):
        self._roles[name] = role

    def remove(self, name):
        with self._lock:
            if name not in self._roles:
                raise KeyError(name)
            del self._roles[name]

    def names(self):
        with self._lock:
            return list(self._roles.values())

    def add_loop(self, name, loop):
        self._loops[name] = loop

    def remove_loop(self, name):
        with self._lock:
            if name in self._loops:
                del self._loops[name]

    def stop(self):
        with self._lock:
            for loop in self._loops.values():
                loop.stop()

    def make(self, name, value):
        self._made[name] = value

    def make_first(self, name, value):
        with self._lock:
            if name in self._made:
                return self._made[name]
            self._made[name] = value
            return value

    def made(self):
        with self._lock:
            return list(self._made)


class Provider:
    def __init__(self, ask):
        self._lock = threading.Lock()
        self._size = None
        self._state = {}
        self._queues = {}
        self._ask = ask

    def size(self):
        if self._size is None:
            with self._lock:
                if self._size is None:
                    self._size = self._ask()
        return self._size

    def probe(self):
        found = self._ask()
        if self._size is None:
            self._size = len(found)
        return found

    def count(self, key):
        with self._lock:
            self._state[key] = self._state.get(key, 0) + 1

    def from_dict(self, data):
        self._state = data.get("state", {})

    def put(self, key, item):
        with self._lock:
            self._queues[key] = [*self._queues.get(key, []), item]

    def close(self):
        self._queues = {}


class Engine:
    def __init__(self):
        self._lock = threading.Lock()
        self._frozen = False
        self._routes = {}

    def register(self, name, route):
        with self._lock:
            if self._frozen:
                raise RuntimeError(name)
            self._routes[name] = route

    def dispatch(self, message):
        return [route(message) for route in self._routes.values()]
