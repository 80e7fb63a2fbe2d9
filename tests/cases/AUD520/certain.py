"""What is told is certain to be lost, or to raise, between the steps of two threads."""

import asyncio
import threading
from enum import Enum


class Kind(Enum):
    FIRST = 1
    SECOND = 2


class Jobs:
    def __init__(self):
        self._lock = threading.Lock()
        self._jobs = {}
        self._sizes = {}
        self._by_kind = {kind: [] for kind in Kind}
        self._stats = {}
        self._hits = 0
        self._left = 0
        self._pending = []
        self._backends = {}

    def add(self, key, job):
        with self._lock:
            self._jobs[key] = job
            self._sizes[key] = len(job)
            self._pending.append(job)
            self._left += 1
            self._hits += 1
            self._stats[key] += 1

    def put(self, key, job):
        self._jobs[key] = job  # AUD520

    def put_all(self, jobs):
        self._pending.extend(jobs)  # AUD520

    def resize(self, key, size):
        # Whoever stores an entry last has stored it.
        self._sizes[key] = size

    def prune(self):
        with self._lock:
            for key, job in self._jobs.items():
                print(key, job)

    def flush(self):
        with self._lock:
            jobs = list(self._pending)
            self._pending.clear()
        return jobs

    def keep(self, kind, jobs):
        with self._lock:
            self._by_kind[kind] = jobs

    def kinds(self):
        # All entries are there from the start.
        return [len(jobs) for jobs in self._by_kind.values()]

    def take(self):
        self._left -= 1  # AUD520

    def look_up(self, key):
        self._hits += 1

    def figures(self):
        return {key: value for key, value in self._stats.items()}  # AUD520

    def register(self, name, backend):
        with self._lock:
            self._backends[name] = backend

    def backend_for(self, name):
        for backend in self._backends.values():
            if backend.suits(name):
                return backend
        return None


class Screen:
    """What draws it before the thread runs has it for itself."""

    def __init__(self):
        self._lock = threading.Lock()
        self._rows = {}

    def on_event(self, name, event):
        with self._lock:
            if event is None:
                self._rows.pop(name, None)
            self._rows[name] = event
            self._draw()

    def _draw(self):
        for name, event in self._rows.items():
            print(name, event)

    def start(self):
        self._draw()
        threading.Thread(target=self.on_event).start()


class Segments:
    """Only who ends it all takes anything out."""

    def __init__(self):
        self._lock = threading.Lock()
        self._segments = []
        self._cards = {}

    def add(self, segment):
        with self._lock:
            self._segments.append(segment)

    def names(self):
        return [segment.name for segment in self._segments]

    def close(self):
        with self._lock:
            while self._segments:
                self._segments.pop().close()

    def card(self, key):
        with self._lock:
            if key in self._cards:
                return self._cards[key]
            self._cards[key] = object()
            return self._cards[key]

    def evict(self, key):
        self._cards.pop(key, None)  # AUD520


class Databases:
    """Only who closes all of them waits in between."""

    def __init__(self):
        self._lock = asyncio.Lock()
        self.databases = {}

    def add(self, name, database):
        self.databases[name] = database

    async def close(self):
        async with self._lock:
            for database in self.databases.values():
                await database.close()


class Cells:
    """One cell for each name, made when it is first asked for, and there from then on."""

    def __init__(self):
        self._lock = threading.Lock()
        self._cells = {}
        self._events = {}

    def get_cell(self, name):
        cell = self._cells.get(name)
        if cell is None:
            with self._lock:
                cell = self._cells[name] = object()
        return cell

    def cells(self):
        return [repr(cell) for cell in self._cells.values()]

    def get_event(self, name):
        with self._lock:
            if name not in self._events:
                self._events[name] = []
            return self._events[name]

    def remove_event(self, name):
        with self._lock:
            self._events.pop(name, None)

    def events(self):
        return [repr(event) for event in self._events.values()]  # AUD520


class Partitions:
    """Each is made once, and who would make it again is refused."""

    def __init__(self):
        self._lock = threading.Lock()
        self._partitions = {}
        self._positions = [0 for _ in range(3)]

    def create(self, name, partition):
        with self._lock:
            if name in self._partitions:
                raise ValueError(name)
            self._partitions[name] = partition

    def names(self):
        return [repr(partition) for partition in self._partitions.values()]

    def shutdown(self):
        self._partitions.clear()

    def read(self, index, size):
        with self._lock:
            self._positions[index] += size

    def seek(self, index, position):
        self._positions[index] = position
