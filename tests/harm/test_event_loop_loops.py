"""Proofs of the rules about event loops that are made, left open, bound to and interrupted."""

from __future__ import annotations

import asyncio
import gc
import http.server
import signal
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest

from tests.harm.proof import run_example


async def fail() -> None:
    raise ValueError("failed")


def warnings_of(kind: str) -> list[str]:
    """The warnings about resources that are left open when the coroutine fails."""
    gc.collect()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        try:
            run_example("AUD108", kind).fetch_now(fail)
        except ValueError as error:
            error.__traceback__ = None
        gc.collect()
    return [str(warning.message) for warning in caught if "unclosed event loop" in str(warning.message)]


def test_aud108_the_loop_stays_open_when_the_coroutine_fails() -> None:
    assert len(warnings_of("bad")) == 1
    assert warnings_of("good") == []


class Server:
    """What the example of AUD119 serves: Ctrl-C comes while it waits."""

    def __init__(self) -> None:
        self.closed = False

    async def wait(self) -> None:
        asyncio.get_running_loop().call_soon(signal.raise_signal, signal.SIGINT)
        await asyncio.sleep(5)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def interrupts() -> Iterator[None]:
    """An interrupt counts, also where the tests run in the background, in which a shell has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="asyncio.run turns Ctrl-C into a cancellation since 3.11")
@pytest.mark.usefixtures("interrupts")
def test_aud119_the_handler_never_runs() -> None:
    left, cleaned = Server(), Server()
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(run_example("AUD119", "bad").serve(left))
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(run_example("AUD119", "good").serve(cleaned))
    assert not left.closed
    assert cleaned.closed


@pytest.fixture
def url() -> Iterator[str]:
    """The URL of a server that keeps connections open."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_aud122_the_second_call_fails(url: str) -> None:
    prices = run_example("AUD122", "bad").Prices(url)
    assert prices.today() == "ok"
    with pytest.raises(RuntimeError, match="Event loop is closed"):
        prices.today()


def test_aud122_a_client_of_its_own_loop_works(url: str) -> None:
    prices = run_example("AUD122", "good").Prices(url)
    assert [prices.today(), prices.today()] == ["ok", "ok"]
