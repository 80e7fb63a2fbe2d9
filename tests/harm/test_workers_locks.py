"""Proofs of AUD520 to AUD524: what happens to shared state without its lock, and to threads with it."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.harm.proof import run_example


def run_in_thread(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()


class Pausing:
    """An amount whose addition lets another thread run between the reading and the writing of the sum."""

    def __init__(self) -> None:
        self.read = threading.Event()
        self.go_on = threading.Event()

    def __radd__(self, other: int) -> int:
        self.read.set()
        self.go_on.wait(0.3)
        return other + 10


def total_after_meeting(kind: str) -> int:
    counter = run_example("AUD520", kind).Counter()
    amount = Pausing()
    slow = threading.Thread(target=counter.add, args=(amount,))
    slow.start()
    assert amount.read.wait(5)
    quick = threading.Thread(target=counter.add_one)
    quick.start()
    quick.join(0.1)
    amount.go_on.set()
    slow.join(5)
    quick.join(5)
    total: int = counter.total
    return total


def test_aud520_an_update_is_lost() -> None:
    assert total_after_meeting("bad") == 10
    assert total_after_meeting("good") == 11


class Meanwhile:
    """A queue; while something is put into it, another thread subscribes."""

    def __init__(self, subscribers: object) -> None:
        self.subscribers = subscribers

    def put(self, message: str) -> None:
        run_in_thread(lambda: self.subscribers.subscribe(object(), self))  # type: ignore[attr-defined]


def publish_while_another_subscribes(kind: str) -> None:
    subscribers = run_example("AUD520", kind, 1).Subscribers()
    subscribers.subscribe("first", Meanwhile(subscribers))
    subscribers.publish("hello")


def test_aud520_a_loop_ends_with_an_error() -> None:
    with pytest.raises(RuntimeError, match="changed size during iteration"):
        publish_while_another_subscribes("bad")
    publish_while_another_subscribes("good")


class SlowServer(http.server.BaseHTTPRequestHandler):
    """A server that takes a while to answer."""

    def do_GET(self) -> None:
        time.sleep(0.3)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"10")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def slow_url() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SlowServer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def waits_for_update(kind: str, url: str) -> float:
    """How long a reader waits while another thread fetches."""
    prices = run_example("AUD521", kind).Prices()
    updating = threading.Thread(target=prices.update, args=("gold", url))
    updating.start()
    time.sleep(0.05)
    started = time.monotonic()
    prices.price("silver")
    waited = time.monotonic() - started
    updating.join()
    return waited


def test_aud521_readers_wait_for_the_network(slow_url: str) -> None:
    assert waits_for_update("bad", slow_url) > 0.15
    assert waits_for_update("good", slow_url) < 0.1


async def seconds_for_two_pages(kind: str, url: str) -> float:
    example = run_example("AUD521", kind, 1)
    started = time.monotonic()
    await asyncio.gather(example.page(f"{url}one"), example.page(f"{url}two"))
    await example.client.aclose()
    return time.monotonic() - started


def test_aud521_pages_wait_for_each_other(slow_url: str) -> None:
    assert asyncio.run(seconds_for_two_pages("bad", slow_url)) > 0.55
    assert asyncio.run(seconds_for_two_pages("good", slow_url)) < 0.55


def ends(work: Callable[[], object]) -> bool:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(0.3)
    return not thread.is_alive()


def test_aud522_a_callback_that_unsubscribes_never_returns() -> None:
    def publish(kind: str) -> None:
        events = run_example("AUD522", kind).Events()

        def once(event: str) -> None:
            events.unsubscribe(once)

        events.subscribe(once)
        events.publish("hello")

    assert not ends(lambda: publish("bad"))
    assert ends(lambda: publish("good"))


def test_aud523_a_method_waits_for_itself() -> None:
    assert not ends(lambda: run_example("AUD523", "bad").Ledger().add(1))
    assert ends(lambda: run_example("AUD523", "good").Ledger().add(1))


def two_threads_end(kind: str) -> bool:
    accounts = run_example("AUD523", kind, 1).Accounts()
    both = threading.Barrier(2)

    class MeetingLock:
        """A lock after which its taker waits a moment for the other thread."""

        def __init__(self, lock: threading.Lock) -> None:
            self.lock = lock

        def __enter__(self) -> None:
            self.lock.acquire()
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(0.1)

        def __exit__(self, *failure: object) -> None:
            self.lock.release()

    accounts._savings = MeetingLock(accounts._savings)
    accounts._current = MeetingLock(accounts._current)
    threads = [
        threading.Thread(target=work, args=(lambda: None,), daemon=True)
        for work in (accounts.save, accounts.spend)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(0.3)
    return not any(thread.is_alive() for thread in threads)


def test_aud523_two_threads_wait_for_each_other() -> None:
    assert not two_threads_end("bad")
    assert two_threads_end("good")


def registries_seen(kind: str) -> int:
    """How many registries two threads get that come at once."""
    example = run_example("AUD524", kind)
    registry_class = example.module.Registry
    both = threading.Barrier(2)

    class MeetingRegistry(registry_class):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(0.2)
            super().__init__()

    example.module.Registry = MeetingRegistry
    seen: list[object] = []
    threads = [threading.Thread(target=lambda: seen.append(example.get_registry())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    return len(set(map(id, seen)))


def test_aud524_two_threads_make_two() -> None:
    assert registries_seen("bad") == 2
    assert registries_seen("good") == 1
