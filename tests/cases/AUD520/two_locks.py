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
                self.running = False  # AUD520
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
