"""Proofs of AUD204, AUD211 and AUD212: what is opened and not closed, what is made and not removed."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.harm.proof import run_example


def unclosed(work: Callable[[], object]) -> int:
    """How many unclosed things the interpreter warns of while and after `work` runs."""
    gc.collect()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        work()
        gc.collect()
    return sum(issubclass(warning.category, ResourceWarning) for warning in caught)


def test_aud211_an_inline_file_is_left_to_the_collector(tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text('{"a": 1}')
    assert unclosed(lambda: run_example("AUD211", "bad").read_settings(settings)) == 1
    assert unclosed(lambda: run_example("AUD211", "good").read_settings(settings)) == 0


def test_aud211_an_early_return_leaves_the_file_open(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("")
    assert unclosed(lambda: run_example("AUD211", "bad", 1).read_header(table)) == 1
    assert unclosed(lambda: run_example("AUD211", "good", 1).read_header(table)) == 0


def test_aud211_the_size_of_an_image_keeps_its_file_open(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    Image.new("RGB", (3, 2)).save(picture)
    assert unclosed(lambda: run_example("AUD211", "bad", 2).size_of(picture)) == 1


def answer(text: bytes) -> int:
    """Serve one connection on a local port with one answer, in a thread; gives the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener:
            connection, _ = listener.accept()
        with connection:
            connection.recv(100)
            connection.sendall(text)

    threading.Thread(target=serve, daemon=True).start()
    port: int = listener.getsockname()[1]
    return port


def test_aud204_a_return_before_close_leaves_the_socket_open() -> None:
    def bad(text: bytes) -> None:
        run_example("AUD204", "bad").is_alive("127.0.0.1", port)

    def good(text: bytes) -> None:
        run_example("AUD204", "good").is_alive("127.0.0.1", port)

    port = answer(b"pong")
    assert unclosed(lambda: bad(b"pong")) == 0
    port = answer(b"busy")
    assert unclosed(lambda: bad(b"busy")) == 1
    port = answer(b"busy")
    assert unclosed(lambda: good(b"busy")) == 0


class KeepAlive:
    """A server in the running loop that counts its open connections."""

    def __init__(self) -> None:
        self.open = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
        except asyncio.IncompleteReadError:
            pass
        finally:
            self.open -= 1
            writer.close()


async def connections_left_by(kind: str) -> int:
    """How many connections are open after the only user of the example's class is gone."""
    keeper = KeepAlive()
    server = await asyncio.start_server(keeper.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    prices = run_example("AUD204", kind, 1).Prices(f"http://127.0.0.1:{port}")
    assert await prices.today() == "ok"
    if hasattr(prices, "close"):
        await prices.close()
    await asyncio.sleep(0.05)
    left = keeper.open
    server.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    return left


def test_aud204_a_class_without_close_keeps_its_connection() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert asyncio.run(connections_left_by("bad")) == 1
        gc.collect()
    assert asyncio.run(connections_left_by("good")) == 0
