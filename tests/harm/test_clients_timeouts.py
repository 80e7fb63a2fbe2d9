"""Proofs of AUD203: a local server that accepts connections and says nothing."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
import requests

from tests.harm.proof import run_example

LONGER_THAN_THE_TIMEOUT = 0.6


@pytest.fixture
def silent_url() -> Iterator[str]:
    """The URL of a server that takes the connection and answers nothing until the test is over."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    taken.append(server.accept()[0])

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        for connection in taken:
            connection.close()


def ends(work: Callable[[], object]) -> bool:
    """Whether `work` ends, with whatever, in a time well above the timeout of the good example."""

    def run() -> None:
        with contextlib.suppress(OSError, requests.RequestException):
            work()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(LONGER_THAN_THE_TIMEOUT)
    return not thread.is_alive()


def test_aud203_urlopen_waits_for_ever(silent_url: str) -> None:
    assert not ends(lambda: run_example("AUD203", "bad").read(silent_url))
    assert ends(lambda: run_example("AUD203", "good").read(silent_url))


def test_aud203_a_session_waits_for_ever(silent_url: str) -> None:
    assert not ends(run_example("AUD203", "bad", 1).Prices(silent_url).today)
    assert ends(run_example("AUD203", "good", 1).Prices(silent_url).today)


def test_aud203_the_default_of_sockets_says_nothing_to_requests(silent_url: str) -> None:
    socket.setdefaulttimeout(0.1)
    try:
        assert ends(lambda: run_example("AUD203", "bad").read(silent_url))
        assert not ends(run_example("AUD203", "bad", 1).Prices(silent_url).today)
    finally:
        socket.setdefaulttimeout(None)
