"""Proofs of AUD520 to AUD524: what happens to shared state without its lock, and to threads with it."""

from __future__ import annotations

import threading
from collections.abc import Callable

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
