import asyncio
import threading


class Downloads:
    def __init__(self):
        self._lock = threading.Lock()
        self._tasks = {}
        self._progress = {}
        self._errors = {}
        self._locks = {}
        self._names = {}
        self._cleared = {}
        self._by_callback = {}
        self._swept = {}
        self._times = {}

    def start(self, key, work):
        self._tasks[key] = asyncio.create_task(work())
        self._progress[key] = 0
        self._times[key] = self._times.get(key, 0) + 1
        self._locks[key] = asyncio.Lock()
        self._cleared[key] = 0
        self._by_callback[key] = 0
        self._swept[key] = 0
        self._tasks[key].add_done_callback(lambda _: self._by_callback.pop(key, None))

    def cancel(self, key):
        """Leaves the progress behind."""
        task = self._tasks.pop(key, None)  # AUD505
        self._forget(key)
        if task is not None:
            task.cancel()

    def _forget(self, key):
        self._cleared.pop(key, None)

    def sweep(self, alive):
        for key in list(self._swept):
            if key not in alive:
                del self._swept[key]

    def progress(self, key):
        return self._progress.get(key)

    def fail(self, key, error):
        self._errors[key] = error


class PerRequest:
    """Made for each request, and gone with it."""

    def __init__(self):
        self.spans = {}
        self.names = {}

    def begin(self, key, span):
        self.spans[key] = span
        self.names[key] = str(span)

    def end(self, key):
        self.spans.pop(key, None)


class NotAnEnd:
    def __init__(self):
        self._lock = threading.Lock()
        self.waiting = {}
        self.known = {}

    def add(self, key, value):
        self.waiting[key] = value
        self.known[key] = value

    def take(self, key):
        return self.waiting.pop(key)


class Legs:
    """Two methods share the end of a leg: one hands the label on to the other."""

    def __init__(self):
        self.open_labels = set()
        self.opened_at = {}
        self.closing = []

    def open(self, label, now):
        self.open_labels.add(label)
        self.opened_at[label] = now

    def close_later(self, label):
        self.open_labels.discard(label)
        self.closing.append(self.close_leg(label))

    def close_leg(self, label):
        return self.opened_at.pop(label, None)


legs = Legs()
