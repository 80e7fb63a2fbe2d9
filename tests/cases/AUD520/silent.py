import asyncio
import contextlib
import threading


class MadeTogether:
    """The method that makes the lock is alone."""

    def start(self):
        self._lock = threading.Lock()
        self.items = {}

    def put(self, key, value):
        with self._lock:
            self.items[key] = value


class HeldByCaller:
    def __init__(self):
        self._lock = threading.RLock()
        self._entries = {}
        self._fill()

    def put(self, key, value):
        with self._lock:
            self._entries[key] = value
            self._evict()

    def drop(self, key):
        with self._lock:
            self.remove_locked(key)

    def remove_locked(self, key):
        self._entries.pop(key, None)

    def remove(self, key):
        """Remove an entry. The caller must hold the lock."""
        self._entries.pop(key, None)

    def _evict(self):
        self._entries.popitem()
        self._count_down()

    def _count_down(self):
        self._entries.clear()

    def _fill(self):
        self._entries["first"] = 1

    def _never_called(self):
        self._entries.clear()


class Snapshot:
    """What is only ever replaced may be gone through by whoever has it."""

    def __init__(self):
        self._lock = threading.Lock()
        self._handlers = ()

    def register(self, handler):
        with self._lock:
            self._handlers = (*self._handlers, handler)

    def call(self, value):
        for handler in self._handlers:
            handler(value)


class DoubleChecked:
    def __init__(self):
        self._lock = threading.Lock()
        self._client = None

    def client(self):
        if self._client is None:
            with self._lock:
                if self._client is None:
                    self._client = object()
        return self._client

    def other(self):
        return self._client


class Acquires:
    def __init__(self):
        self.lock = threading.Lock()
        self.total = 0

    def add(self):
        self.lock.acquire()
        try:
            self.total += 1
        finally:
            self.lock.release()

    def take(self):
        with self.lock:
            self.total -= 1

    def quickly(self):
        if not self.lock.acquire(timeout=1):
            return
        self.total += 1
        self.lock.release()

    def with_stack(self):
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.lock)
            self.total += 1

    def through_own_manager(self):
        with self._locked():
            self.total += 1

    @contextlib.contextmanager
    def _locked(self):
        with self.lock:
            yield


class TasksOnly:
    """One thread: without an await in between, nothing comes in between."""

    def __init__(self):
        self._lock = asyncio.Lock()
        self.total = 0

    async def add(self, amount):
        async with self._lock:
            self.total += amount

    async def add_one(self):
        self.total += 1


class Flag:
    """Plain assignments have nothing to lose to each other."""

    def __init__(self):
        self._lock = threading.Lock()
        self.stopped = False

    def stop(self):
        with self._lock:
            self.stopped = True

    def resume(self):
        self.stopped = False


class Worker:
    def __init__(self):
        self._lock = threading.Lock()
        self.done = 0

    def start(self):
        self.done = 0
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self):
        with self._lock:
            self.done += 1

    def stop(self):
        self._thread.join()
        self.done = 0


class PoolOfPermits:
    """A semaphore lets several in: it guards nothing."""

    def __init__(self):
        self._permits = threading.Semaphore(4)
        self.count = 0

    def work(self):
        with self._permits:
            self.count += 1

    def other(self):
        self.count += 1


def local_lock(values):
    lock = threading.Lock()
    total = 0

    def add(value):
        nonlocal total
        with lock:
            total += value

    for value in values:
        add(value)
    total += 1
    return total


class Once:
    """Filled once under the lock, read when that is done."""

    def __init__(self):
        self._lock = threading.RLock()
        self.ready = False
        self.configs = {}

    def populate(self, names):
        if self.ready:
            return
        with self._lock:
            if self.ready:
                return
            for name in names:
                self.configs[name] = name
            self.ready = True

    def names(self):
        return [name for name in self.configs]


class Singleton:
    """Letting go of what is made on first use loses nothing."""

    _lock = threading.Lock()
    _instance = None

    @classmethod
    def get(cls):
        if cls._instance is None:
            with cls._lock:
                if cls._instance is None:
                    cls._instance = cls()
        return cls._instance

    @classmethod
    def reset(cls):
        if cls._instance is not None:
            cls._instance = None


class TasksThatWait:
    """What is stored in a dict meanwhile stays there; letting go of a value is no update."""

    def __init__(self):
        self._lock = asyncio.Lock()
        self._entries = {}
        self._client = None

    async def load(self, key, read):
        async with self._lock:
            if key not in self._entries:
                self._entries[key] = await read(key)
            return self._entries[key]

    async def client(self, connect):
        async with self._lock:
            if self._client is None:
                self._client = await connect()
            return self._client

    def forget(self, key):
        self._entries.pop(key, None)
        self._client = None


class Stream:
    """What is sent is dropped from what has come until then."""

    def __init__(self, sink):
        self._lock = asyncio.Lock()
        self._sink = sink
        self._text = ""

    async def observe(self, text):
        self._text += text

    async def flush(self):
        async with self._lock:
            text = self._text
            await self._sink.send(text)
            self._text = self._text[len(text) :]
