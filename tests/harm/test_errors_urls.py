"""What a client library writes into the log of each request."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.harm.proof import run_example


class _Weather(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *arguments: object) -> None:
        """Write no access log: it would hold the URL as well."""


@pytest.fixture
def weather() -> Iterator[str]:
    """The address of a server that answers every GET with an empty document."""
    with HTTPServer(("127.0.0.1", 0), _Weather) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/today"
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def untouched_logging() -> Iterator[None]:
    """
    Logging as a program finds it that has configured nothing; afterwards what it was before.

    No fixture: pytest puts its own handlers in place after those have run.
    """
    root, client = logging.getLogger(), logging.getLogger("httpx")
    kept, level, of_client = root.handlers[:], root.level, client.level
    root.handlers[:] = []
    client.setLevel(logging.NOTSET)
    try:
        yield
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
        client.setLevel(of_client)


@pytest.mark.parametrize(
    ("kind", "number", "is_logged"), [("bad", 0, True), ("good", 0, False), ("good", 1, False)]
)
def test_aud317_the_log_holds_the_key(
    kind: str,
    number: int,
    is_logged: bool,
    weather: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with untouched_logging():
        example = run_example("AUD317", kind, number)
        assert example.weather(weather, "Łódź", "s3cr3t-key") == {}
    assert ("appid=s3cr3t-key" in capsys.readouterr().err) is is_logged
