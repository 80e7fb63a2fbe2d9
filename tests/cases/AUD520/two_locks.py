"""Variables that another lock guards, and sockets that are only cleared under a lock."""

import threading


class Pool:
    def __init__(self, boot):
        self._lock = threading.Lock()
        self._warmup_lock = threading.Lock()
        self._hosts = []
        self._boot = boot

    def warm(self):
        with self._warmup_lock:
            self._hosts.extend(self._boot())

    def add(self, host):
        with self._lock:
            self._hosts.append(host)

    def replace(self):
        self._hosts.append(self._boot())


class Connection:
    def __init__(self, connect):
        self.sock = None
        self.receive_lock = threading.Lock()
        self._connect = connect

    def connect(self):
        sock = self._connect()
        self.sock = sock

    def disconnect(self):
        with self.receive_lock:
            if self.sock is not None:
                self.sock.close()
                self.sock = None


class Scheduler:
    def __init__(self):
        self.running = False

    def run(self, sample):
        while self.running:
            if sample():
                self.running = False
                break


class ThreadScheduler(Scheduler):
    def __init__(self):
        super().__init__()
        self.lock = threading.Lock()

    def ensure_running(self):
        with self.lock:
            if not self.running:
                self.running = True

    def is_running(self):
        with self.lock:
            return self.running


class OtherScheduler(Scheduler):
    def __init__(self):
        super().__init__()
        self.lock = threading.Lock()

    def ensure_running(self):
        with self.lock:
            if not self.running:
                self.running = True


class Signal:
    def __init__(self):
        self._metadata = {}


class DerivedSignal(Signal):
    """Has no lock: the other subclass has one."""

    def get(self):
        if "time" in self._metadata:
            self._metadata["time"] += 1
        return self._metadata


class RemoteSignal(Signal):
    def __init__(self):
        super().__init__()
        self._metadata_lock = threading.Lock()

    def ready(self):
        with self._metadata_lock:
            if not self._metadata.get("connected"):
                self._metadata["connected"] = True

    def lost(self):
        if self._metadata["connected"]:
            self._metadata["connected"] += 1

    def look(self):
        with self._metadata_lock:
            return dict(self._metadata)


class Status:
    """After the event is set, nobody adds."""

    def __init__(self):
        self._lock = threading.Lock()
        self._event = threading.Event()
        self._callbacks = set()

    def add(self, callback):
        with self._lock:
            if not self._event.is_set():
                self._callbacks.add(callback)

    def drop(self, callback):
        with self._lock:
            self._callbacks.discard(callback)

    def finish(self):
        with self._lock:
            self._event.set()
        for callback in self._callbacks:
            callback(self)

    def show(self):
        for callback in self._callbacks:  # AUD520
            print(callback)


_handles = {}
_handles_lock = threading.Lock()


def add_handle(key, handle):
    with _handles_lock:
        _handles[key] = handle


def drop_handle(key):
    with _handles_lock:
        _handles.pop(key, None)


def before_fork():
    _handles_lock.acquire()


def after_fork():
    """The lock was taken before the fork."""
    try:
        for handle in _handles.values():
            handle.close()
        _handles.clear()
    finally:
        _handles_lock.release()


def show_handles():
    for handle in _handles.values():  # AUD520
        print(handle)


EMPTY = b""


class Heartbeat:
    """Nobody counts under the lock."""

    def __init__(self):
        self._lock = threading.Lock()
        self._other_lock = threading.Lock()
        self._reads = 0
        self._data = EMPTY
        self._names = set()

    def register(self):
        self._reads += 1

    def receive(self, data):
        self._data += data

    def start(self):
        with self._lock:
            self._reads = 0
            self._data = EMPTY

    def check(self):
        with self._lock:
            if self._reads == 0:
                print("dead")
            self._reads = 0

    def add(self, name):
        with self._lock, self._other_lock:
            self._names.add(name)

    def drop(self, name):
        with self._lock, self._other_lock:
            self._names.discard(name)

    def show(self):
        for name in self._names:  # AUD520
            print(name)


class Probes:
    """Each entry has a lock of its own, which whoever asked for the entry has taken."""

    def __init__(self):
        self._lock = threading.Lock()
        self._locks = {}
        self._values = {}

    def ask(self, key):
        with self._lock:
            if key not in self._values:
                self._locks[key] = threading.RLock()
                self._values[key] = None
        self._locks[key].acquire()
        return self._values[key]

    def answer(self, key, value):
        if self._values[key] is None:
            self._values[key] = value
        self._locks[key].release()

    def all_values(self):
        with self._lock:
            return list(self._values.items())
