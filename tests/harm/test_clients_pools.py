"""Proofs of AUD201 and AUD202: connections counted by a local server."""

from __future__ import annotations

import asyncio
import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.harm.proof import run_example


class Server:
    """A local HTTP server that keeps connections open and counts them."""

    def __init__(self) -> None:
        self.connections = 0
        counter = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                counter.connections += 1
                super().setup()

            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def test_aud201_a_connection_for_each_turn(server: Server) -> None:
    urls = [f"{server.url}/{number}" for number in range(5)]
    assert run_example("AUD201", "bad").read_all(urls) == ["ok"] * 5
    assert server.connections == 5


def test_aud201_a_connection_for_each_turn_through_a_method(server: Server) -> None:
    prices = run_example("AUD201", "bad", 1).Prices()
    assert prices.all([server.url] * 4) == ["ok"] * 4
    assert server.connections == 4


def test_aud201_one_client_keeps_one_connection(server: Server) -> None:
    urls = [f"{server.url}/{number}" for number in range(5)]
    assert run_example("AUD201", "good").read_all(urls) == ["ok"] * 5
    assert server.connections == 1


async def days(weather: object, cities: int) -> None:
    for city in range(cities):
        assert await weather.today(f"city{city}") == "ok"  # type: ignore[attr-defined]
    if hasattr(weather, "close"):
        await weather.close()


def test_aud202_a_connection_for_each_call(server: Server) -> None:
    asyncio.run(days(run_example("AUD202", "bad").Weather(server.url), 4))
    assert server.connections == 4


def test_aud202_a_shared_client_keeps_one_connection(server: Server) -> None:
    asyncio.run(days(run_example("AUD202", "good").Weather(server.url), 4))
    assert server.connections == 1
