"""Proofs of AUD207 and AUD210: attempts of retried generators counted, commands of a Redis client recorded."""

from __future__ import annotations

import asyncio
import socketserver
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import redis

from tests.harm.proof import run_example


class FailingTwice:
    """A source whose first two openings fail."""

    def __init__(self) -> None:
        self.attempts = 0

    def open(self) -> list[str]:
        self.attempts += 1
        if self.attempts < 3:
            raise OSError("not yet")
        return ["first", "second"]

    async def rows(self) -> AsyncIterator[str]:
        for line in self.open():
            yield line


def test_aud207_a_retried_generator_is_tried_once() -> None:
    source = FailingTwice()
    with pytest.raises(OSError, match="not yet"):
        list(run_example("AUD207", "bad").read_lines(source))
    assert source.attempts == 1


def test_aud207_a_retried_async_generator_is_tried_once() -> None:
    source = FailingTwice()
    read_rows = run_example("AUD207", "bad", 1).read_rows

    async def read() -> list[Any]:
        return [row async for row in read_rows(source)]

    with pytest.raises(OSError, match="not yet"):
        asyncio.run(read())
    assert source.attempts == 1


def test_aud207_a_retried_function_is_tried_again() -> None:
    source = FailingTwice()
    assert list(run_example("AUD207", "good").read_lines(source)) == ["first", "second"]
    assert source.attempts == 3


class Recorder:
    """A server that speaks enough of the Redis protocol to answer, and records the commands it is sent."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        recorder = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                while True:
                    header = self.rfile.readline()
                    if not header:
                        return
                    parts = []
                    for _ in range(int(header[1:])):
                        length = int(self.rfile.readline()[1:])
                        parts.append(self.rfile.read(length + 2)[:-2].decode())
                    recorder.commands.append(parts[0].upper())
                    self.wfile.write(recorder.answer(parts[0].upper()))

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, command: str) -> bytes:
        """What Redis answers over an empty database."""
        if command in ("KEYS", "MGET"):
            return b"*0\r\n"
        if command == "SCAN":
            return b"*2\r\n$1\r\n0\r\n*0\r\n"
        return b"+OK\r\n"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    running = Recorder()
    yield running
    running.close()


def commands_of(recorder: Recorder, kind: str) -> list[str]:
    with redis.Redis(port=recorder.port, protocol=2) as client:
        run_example("AUD210", kind).sessions(client)
    return recorder.commands


def test_aud210_keys_asks_the_server_for_all_keys_in_one_command(recorder: Recorder) -> None:
    assert "KEYS" in commands_of(recorder, "bad")


def test_aud210_scan_iter_asks_for_a_few_at_a_time(recorder: Recorder) -> None:
    commands = commands_of(recorder, "good")
    assert "SCAN" in commands
    assert "KEYS" not in commands


def test_aud408_each_key_is_a_round_trip(recorder: Recorder) -> None:
    identifiers = [str(number) for number in range(20)]
    for kind, expected in (("bad", 20), ("good", 1)):
        recorder.commands.clear()
        with redis.Redis(port=recorder.port, protocol=2) as client:
            run_example("AUD408", kind, 2).names(client, identifiers)
        assert sum(command in ("GET", "MGET") for command in recorder.commands) == expected
