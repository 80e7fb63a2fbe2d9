"""What one operation of the container does, and what nobody can meet."""

import asyncio
import atexit
import collections
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

logger = logging.getLogger(__name__)


class Sessions:
    """Nobody needs several steps under the lock."""

    def __init__(self):
        self._lock = threading.Lock()
        self._sessions = {}

    def add(self, name, session):
        with self._lock:
            self._sessions[name] = session

    def forget(self, name):
        self._sessions.pop(name, None)


class Counted:
    """One place under the lock looks first, and stores then."""

    def __init__(self):
        self._lock = threading.Lock()
        self._sessions = {}

    def add(self, name, session):
        with self._lock:
            if name not in self._sessions:
                self._sessions[name] = session
            return self._sessions[name]

    def forget(self, name):
        self._sessions.pop(name, None)  # AUD520

    def forget_all(self):
        # Without the lock: a destructor may run this while add holds it.
        self._sessions.clear()

    def close(self):
        self._sessions.clear()

    def look_5(self):
        with self._lock:
            return self._sessions


class Progress:
    def __init__(self):
        self._lock = threading.Lock()
        self._done = 0
        self._running = False
        self._names = set()

    def add(self, name, amount):
        with self._lock:
            self._done += amount
            self._names.add(name)
            self._running = True

    def plan(self):
        self._done = 0

    def take(self):
        done = self._done
        self._done = 0
        return done

    def stop(self):
        if self._running:
            self._running = False

    def join(self, thread):
        thread.join()
        for name in self._names:
            print(name)

    def leave(self):
        for name in self._names:  # AUD520
            print(name)

    def look_4(self):
        with self._lock:
            return self._done, self._names


class Table:
    """The handlers run under the lock."""

    def __init__(self):
        self._lock = threading.Lock()
        self._seen = {}
        self._handlers = {"add": self._add}

    def handle(self, kind, name):
        with self._lock:
            self._handlers[kind](name)

    def forget(self, name):
        with self._lock:
            if name in self._seen:
                del self._seen[name]

    def _add(self, name):
        self._seen[name] = self._seen.get(name, 0) + 1


class Tags:
    """The lock of the nodes is not that of the tags."""

    def __init__(self):
        self.nodes_lock = threading.Lock()
        self.tags_lock = threading.Lock()
        self.tags = {}

    def make(self, node, tags):
        with self.nodes_lock:
            self.tags[node] = tags
            return self.tags[node]

    def fill(self, node, tags):
        if node not in self.tags:
            self.tags[node] = tags

    def read(self, node):
        with self.tags_lock:
            return self.tags[node]


class Manager:
    """What is cleared under the lock is made again by who asks."""

    def __init__(self, make):
        self._lock = threading.Lock()
        self._make = make
        self._made = None

    def get(self):
        if self._made is None:
            self._made = self._make()
        return self._made

    def reload(self):
        with self._lock:
            self._made = None


class Clock:
    def __init__(self):
        self._last = 0.0

    def tick(self, now):
        if now > self._last:
            self._last = now * 1.0


class SharedClock(Clock):
    def __init__(self):
        super().__init__()
        self._lock = threading.Lock()

    def tick(self, now):
        with self._lock:
            if now > self._last:
                self._last = now * 1.0


_lock = threading.Lock()
_files = {}


def write(name, path):
    with _lock:
        if name not in _files:
            _files[name] = path
        return _files[name]


def _remove_files():
    for path in _files.values():
        print(path)


atexit.register(_remove_files)


class Results:
    """Who only asks and stores gets along without an entry."""

    def __init__(self):
        self._lock = threading.Lock()
        self._results = {}
        self._names = []
        self._started = False
        self._ended = False
        self._count = 0

    def put_if_empty(self, key, value):
        with self._lock:
            if key in self._results:
                return False
            self._results[key] = value
            self._names.append(key)
            return True

    def put(self, key, value):
        self._results[key] = value

    def pop(self, key):
        return self._results.pop(key, None)

    def reset(self):
        self._results = {}
        self._names = []
        self._started = False
        self._ended = False

    def run(self, work, keys):
        with ThreadPoolExecutor() as pool:
            list(pool.map(work, keys))
        while self._names:
            print(self._names.pop())

    def look_3(self):
        with self._lock:
            return self._results


class Registry:
    """The lock keeps two from loading at once."""

    def __init__(self):
        self._lock = threading.Lock()
        self._modules = {}
        self._disabled = set()

    def load_modules(self, names):
        with self._lock:
            for name in names:
                if name not in self._modules:
                    self._modules[name] = self._load(name)

    def unload_modules(self):
        with self._lock:
            self._modules = {}
            self._disabled = set()

    def _load(self, name):
        return name

    def disable(self, name):
        self._disabled.add(name)

    def add(self, name, module):
        if name not in self._modules:
            self._modules[name] = module


class Documents:
    """A list that only grows may be gone through."""

    def __init__(self):
        self._lock = threading.Lock()
        self._documents = []
        self._removed = []

    def add(self, document):
        with self._lock:
            self._documents.append(document)
            self._removed.append(document)

    def remove(self, document):
        with self._lock:
            self._removed.remove(document)

    def find(self, name):
        return [document for document in self._documents if document.name == name]

    def find_removed(self, name):
        return [document for document in self._removed if document.name == name]

    def look_2(self):
        with self._lock:
            return self._removed


class Bus:
    """All run on the event loop."""

    def __init__(self):
        self._lock = threading.Lock()
        self._listeners = {}

    def subscribe(self, name, listener):
        self._entry(name).append(listener)
        asyncio.create_task(self.refresh(name))

    def _entry(self, name):
        with self._lock:
            if name not in self._listeners:
                self._listeners[name] = []
            return self._listeners[name]

    async def refresh(self, name):
        for listener in self._listeners[name]:
            await listener()

    async def close(self):
        for listeners in self._listeners.values():
            listeners.clear()


class Pace:
    """Both add to it, and neither addition is lost."""

    def __init__(self):
        self._lock = asyncio.Lock()
        self._next = 0.0

    async def acquire(self, now):
        async with self._lock:
            if now < self._next:
                await asyncio.sleep(self._next - now)
                self._next += 1.0
            else:
                self._next = now

    def slow_down(self, amount):
        self._next += amount


class Exporter:
    """One end fills the queue, the other empties it."""

    def __init__(self):
        self._lock = threading.Lock()
        self._queue = collections.deque()
        self._cache = {}
        self._done = []

    def export(self, size):
        with self._lock:
            while len(self._queue) > size:
                yield self._queue.pop()

    def emit(self, item):
        if len(self._queue) == 100:
            print("full")
        self._queue.appendleft(item)

    def subscribe(self, key, make):
        with self._lock:
            if found := self._cache.get(key):
                return found
            self._cache[key] = make(key)
            return self._cache.get(key)

    def unsubscribe(self, key):
        self._cache.pop(key, None)

    def finish(self, item):
        with self._lock:
            self._done.append(item)

    def take_done(self):
        for item in self._done:  # AUD520
            print(item)
        self._done.clear()

    def look_1(self):
        with self._lock:
            return self._done


class Tickers:
    """An entry is stored or taken out, whatever was there."""

    def __init__(self):
        self._lock = threading.Lock()
        self._kinds = {}

    def renew(self, old, new):
        with self._lock:
            kind = self._kinds.pop(old, None)
            self._kinds[new] = kind

    def mark(self, ticker, is_cash):
        if is_cash:
            self._kinds[ticker] = "cash"
        else:
            self._kinds[ticker] = "other"

    def forget(self, ticker):
        if not self._kinds.get(ticker):
            return
        self._kinds.pop(ticker, None)


class Connection:
    """What is handed over with the lock held runs with it."""

    def __init__(self, connection):
        self._connection_lock = threading.Lock()
        self.connection = connection
        self._consumers = {}

    def reset(self):
        with self._connection_lock:
            for consumer in self._consumers.values():
                consumer.cancel()
            self._consumers.clear()

    def declare(self, consumer):
        def store():
            if consumer.name not in self._consumers:
                self._consumers[consumer.name] = consumer

        with self._connection_lock:
            self.ensure(store)

    def ensure(self, work):
        work()


class Rows:
    """One function alone takes the lock, which may be there for something else: only what breaks by itself counts."""

    def __init__(self):
        self._lock = threading.Lock()
        self._rows = {}
        self._total = 0

    def add(self, name, row):
        with self._lock:
            if name not in self._rows:
                self._rows[name] = row
                self._total += 1

    def put(self, name, row):
        if row != self._rows.get(name):
            self._rows[name] = row

    def count(self):
        self._total += 1  # AUD520

    def show(self):
        for row in self._rows.values():
            print(row)


class Stale:
    """A word that is said once for each name."""

    def __init__(self):
        self._lock = threading.Lock()
        self._warned = {}
        self._told = set()

    def add(self, name):
        with self._lock:
            self._warned.pop(name, None)

    def renew(self, name):
        with self._lock:
            self._warned.pop(name, None)
            self._warned.update(later=name)

    def warn(self, name):
        if not self._warned.get(name):
            logger.warning("%s is stale", name)
            self._warned[name] = True

    def tell(self, name):
        if name not in self._told:
            self._told.add(name)
            logger.warning("%s is stale", name)

    def forget(self, name):
        with self._lock:
            self._told.discard(name)
            print(len(self._told))

    def number(self):
        with self._lock:
            return len(self._told)


class Pool:
    """What is filled before the thread is there."""

    def __init__(self):
        self._lock = threading.Lock()
        self._members = []

    def start(self):
        for number in range(3):
            self._members.append(number)
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self):
        with self._lock:
            for position, member in enumerate(self._members):
                self._members[position] = member + 1

    def sizes(self):
        with self._lock:
            return len(self._members)

    def restart(self):
        self._members.append(4)
        for member in self._members:
            print(member)


class Failures:
    """Whose failure was the first does not matter."""

    def __init__(self):
        self._lock = threading.Lock()
        self.failure = None
        self.entries = {}

    def store(self, key, entry):
        with self._lock:
            if self.failure is None:
                self.entries[key] = entry

    def fail(self, error):
        with self._lock:
            if self.failure is None:
                self.failure = error

    def end(self, error):
        self.failure = self.failure or error
