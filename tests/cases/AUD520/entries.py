"""An entry that the caller has made under the lock belongs to what it starts."""

import threading


class Jobs:
    def __init__(self):
        self._lock = threading.Lock()
        self.ended = {}
        self.counts = {}

    def start(self, key):
        with self._lock:
            if key in self.ended:
                return
            self.ended[key], self.counts[key] = False, 0
        threading.Thread(target=self.work, args=(key,)).start()

    def work(self, key):
        self.ended[key] = True
        self.counts[key] = self.counts[key] + 1
        self.counts[key] = len(self.counts)

    def end(self, key):
        self.ended[key] = True

    def forget(self):
        """Testing hook: forget what ran before."""
        self.ended.clear()

    def forget_all(self):
        """Forget what ran before."""
        self.ended.clear()

    def look_1(self):
        with self._lock:
            return self.counts, self.ended


class Adapters:
    def __init__(self):
        self._lock = threading.Lock()
        self._adapters = {}
        self._counts = [0, 0]

    def register(self, name, adapter):
        """Register an adapter; called on import, by a single thread."""
        if name in self._adapters:
            print(name)
        self._adapters[name] = adapter

    def register_later(self, name, adapter):
        with self._lock:
            if name not in self._adapters:
                self._adapters[name] = adapter
                self._counts[0] += 1

    def replace(self, name, adapter):
        if name in self._adapters:
            print(name)
        self._adapters[name] = adapter

    def names(self):
        with self._lock:
            return list(self._adapters), len(self._counts)

    def reset(self):
        self._counts[:] = [0] * len(self._counts)


class Passes:
    """Each entry is of one thing: the lock is there for those of the pass."""

    def __init__(self):
        self._lock = threading.Lock()
        self._state = {}

    def start(self, now):
        with self._lock:
            self._state["since"] = now
            self._state["due"] = now + 60

    def end(self, now):
        with self._lock:
            self._state["since"] = now

    def note(self, problem):
        if self._state.get("problem") != problem:
            self._state["problem"] = problem
