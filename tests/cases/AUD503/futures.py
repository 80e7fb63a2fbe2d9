import contextvars
import logging
import shutil
import socketserver
import threading
import time
import typing
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

from worker import elsewhere

log = logging.getLogger(__name__)
pool = ThreadPoolExecutor(4)


def asked(work):
    return pool.submit(work).result()


def returned(work):
    return pool.submit(work)


def with_callback(work, done):
    pool.submit(work).add_done_callback(done)


def keys_of_a_dict(work, items):
    futures = {}
    for item in items:
        future = pool.submit(work, item)
        futures[future] = item
    return collect(futures)


def collect(futures):
    return [future.result() for future in as_completed(futures)]


def looked_through(work, items):
    futures = [pool.submit(work, item) for item in items]
    done, _ = wait(futures)
    return [future.result() for future in done]


def guarded():
    try:
        shutil.rmtree("/nowhere")
    except Exception:
        log.exception("not removed")


def safe():
    pool.submit(guarded)


def in_another_module():
    pool.submit(elsewhere)


def in_a_context():
    pool.submit(contextvars.copy_context().run, guarded)


def by_a_guarded_call():
    def both():
        guarded()
        guarded()

    pool.submit(both)


class Service:
    def __init__(self):
        self._futures = []

    def start(self, work):
        self._futures.append(pool.submit(work))


def unguarded():
    shutil.rmtree("/nowhere")


def lost():
    pool.submit(unguarded)  # AUD503


def lost_of_a_library(path):
    pool.submit(shutil.rmtree, path)  # AUD503


def never_looked_at(work):
    future = pool.submit(work)  # AUD503
    if future.done():
        log.info("done")


def only_waited_for(work, items):
    futures = []
    for item in items:
        futures.append(pool.submit(work, item))  # AUD503
    wait(futures)


def results_nobody_takes(work, items):
    pool.map(work, items)  # AUD503


class Job:
    """Its `run` sees to what the function does."""

    def run(self, function, arguments=()):
        try:
            return function(*arguments)
        except Exception:
            log.exception("failed")

    def start(self, function, arguments):
        pool.submit(self.run, function, arguments)


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """The base class reports what fails."""

    def process_request_thread(self, request, client_address):
        super().process_request_thread(request, client_address)

    def process_request(self, request, client_address):
        pool.submit(self.process_request_thread, request, client_address)


def warm_up(count):
    barrier = threading.Barrier(count + 1)
    for _ in range(count):
        pool.submit(barrier.wait)
    barrier.wait()


def forget_later(entries, key):
    def forget():
        time.sleep(0.5)
        entries.pop(key, None)

    pool.submit(forget)


def forget_known_later(entries, key):
    def forget():
        time.sleep(0.5)
        entries.pop(key)

    pool.submit(forget)  # AUD503


def record(store: typing.Any, row):
    pool.submit(store.write, row)


class CollectingPool(ThreadPoolExecutor):
    def __init__(self):
        super().__init__()
        self.futures = []

    def submit(self, function, *arguments):
        future = super().submit(function, *arguments)
        self.futures.append(future)
        return future

    def __exit__(self, *arguments):
        for future in as_completed(self.futures):
            future.result()
        return super().__exit__(*arguments)


class NamedPool(ThreadPoolExecutor):
    name = "named"


def with_own_pools(work):
    with CollectingPool() as collecting:
        collecting.submit(work)
    with NamedPool() as named:
        named.submit(work)  # AUD503
