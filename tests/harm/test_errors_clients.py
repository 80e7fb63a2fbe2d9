"""Harm of handlers that miss some of a client's failures."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import aiohttp
import pytest

from tests.harm.proof import run_example


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def closed() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        number: int = server.getsockname()[1]
    return number


def test_aud316_a_slow_server_is_no_url_error(silent: int, closed: int) -> None:
    bad, good = (run_example("AUD316", kind, 0) for kind in ("bad", "good"))
    fallback = {"EUR": 1.0}
    assert bad.rates(f"http://127.0.0.1:{closed}") == good.rates(f"http://127.0.0.1:{closed}") == fallback
    assert good.rates(f"http://127.0.0.1:{silent}") == fallback
    with pytest.raises(TimeoutError):
        bad.rates(f"http://127.0.0.1:{silent}")


def test_aud316_the_limit_of_a_request_is_no_client_error(silent: int) -> None:
    async def ask(kind: str) -> object:
        limits = aiohttp.ClientTimeout(total=0.2)
        async with aiohttp.ClientSession(timeout=limits) as session:
            return await run_example("AUD316", kind, 1).rates(session, f"http://127.0.0.1:{silent}")

    assert asyncio.run(ask("good")) == {"EUR": 1.0}
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(ask("bad"))


def test_aud316_a_closed_port_is_no_smtp_exception(closed: int) -> None:
    assert run_example("AUD316", "good", 2).tell("127.0.0.1", closed, None) is False
    with pytest.raises(ConnectionRefusedError):
        run_example("AUD316", "bad", 2).tell("127.0.0.1", closed, None)
