import asyncio
import subprocess
import threading
import time

import httpx
import psutil
import requests

lock = threading.Lock()
results = {}


class Reports:
    def __init__(self):
        self._lock = threading.Lock()
        self._condition = threading.Condition()
        self._rate_lock = threading.Lock()
        self._slots = threading.Semaphore(2)
        self._refreshed = asyncio.Lock()
        self._session = requests.Session()
        self._reports = {}
        self._token = None

    def add(self, name):
        with self._lock:
            self._reports[name] = requests.get(name, timeout=5).text  # AUD521

    def add_all(self, names):
        with self._lock:
            for name in names:
                self._add(name)  # AUD521

    def _add(self, name):
        self._reports[name] = subprocess.run(["report", name], check=True)

    def pause(self):
        with self._lock:
            time.sleep(1)  # AUD521

    def yields(self):
        with self._lock:
            time.sleep(0)

    def own_client(self, name):
        """The lock and the client stand on the same object: it is there for the client."""
        with self._lock:
            return self._session.get(name, timeout=5)

    def token(self):
        """Whoever comes second finds what the first one fetched."""
        with self._lock:
            if self._token is None:
                self._token = requests.post("https://example.com/token", timeout=5).text
            return self._token

    def token_by_guard(self):
        with self._lock:
            if self._token is not None:
                return self._token
            self._token = requests.post("https://example.com/token", timeout=5).text
            return self._token

    def entry(self, name):
        with self._lock:
            entry = self._reports.get(name)
            if not entry:
                entry = self._reports[name] = requests.get(name, timeout=5).text
            return entry

    def wait(self):
        with self._condition:
            self._condition.wait(timeout=5)

    def limited(self, name):
        with self._rate_lock:
            time.sleep(0.1)
        return requests.get(name, timeout=5)

    def a_few_at_once(self, name):
        with self._slots:
            return requests.get(name, timeout=5)

    async def refresh(self, client: httpx.AsyncClient):
        async with self._refreshed:
            self._token = (await client.post("/token")).text

    def before(self, name):
        text = requests.get(name, timeout=5).text
        with self._lock:
            self._reports[name] = text

    def later(self, name, pool):
        with self._lock:
            self._reports[name] = pool.submit(lambda: requests.get(name, timeout=5))


def load(name):
    with lock:
        results[name] = requests.get(name, timeout=5).text  # AUD521


def loaded(name):
    with lock:
        return results.get(name)


def load_with(client: requests.Session, name):
    with lock:
        results[name] = client.get(name, timeout=5).text


class Token:
    """Nobody needs the lock but who waits for a new token."""

    def __init__(self, url):
        self._guard = threading.RLock()
        self._url = url

    def get(self):
        with self._guard:
            response = requests.post(self._url, timeout=5)
            return response.json()["token"]


def guarded_by_parameter(own_lock: threading.Lock, name):
    with own_lock:
        return requests.get(name, timeout=5)


_CONFIGURATION = threading.Lock()
children = []
_CHILDREN = threading.Lock()


def read_configuration(url):
    with _CONFIGURATION:
        response = requests.post(url, timeout=5)
    return response.json()


def write_configuration(url, value):
    with _CONFIGURATION:
        response = requests.post(url, json=value, timeout=5)
    return response.ok


def known_children():
    with _CHILDREN:
        return list(children)


def reap():
    with _CHILDREN:
        for child in children:
            child.poll()
            time.sleep(1)  # AUD521


def shutdown():
    with _CHILDREN:
        for child in children:
            child.terminate()
            time.sleep(1)


class Updates:
    def __init__(self, tenants):
        self._lock = threading.Lock()
        self.tenants = tenants
        self.stopped = False

    def run(self):
        while not self.stopped:
            with self._lock:
                for tenant in self.tenants:
                    tenant.update()
                time.sleep(0.1)


class Load:
    def __init__(self):
        self.lock = threading.Lock()
        self.measured = {}

    def measure(self):
        with self.lock:
            self.measured["now"] = psutil.cpu_percent()

    def measure_for_a_second(self):
        with self.lock:
            self.measured["now"] = psutil.cpu_percent(interval=1)  # AUD521

    def last(self):
        with self.lock:
            return self.measured.get("now")
