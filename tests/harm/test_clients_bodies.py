"""Proofs of AUD205, AUD206, AUD212 and AUD213: bodies, statuses, files left behind and files torn."""

from __future__ import annotations

import asyncio
import http.server
import io
import json
import os
import subprocess
import sys
import tempfile
import textwrap
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import requests

from tests.harm.proof import example, run_example

SIZE = 30_000_000


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers `/large` with a large body and all else with a 500 that has a JSON body."""

    def do_GET(self) -> None:
        large = self.path == "/large"
        body = b"0" * SIZE if large else (b"[]" if self.path == "/users" else b'{"rates": []}')
        self.send_response(200 if large else 500)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def base() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


class Target(io.RawIOBase):
    """Takes what is written and keeps nothing of it."""

    def write(self, data: object) -> int:
        return 0


def test_aud205_the_memory_grows_with_the_body(base: str, tmp_path: Path) -> None:
    target = tmp_path / "body"
    tracemalloc.start()
    try:
        run_example("AUD205", "bad").download(f"{base}/large", target)
        assert tracemalloc.get_traced_memory()[1] >= SIZE
        tracemalloc.reset_peak()
        run_example("AUD205", "bad", 1).download(f"{base}/large", Target())
        assert tracemalloc.get_traced_memory()[1] >= SIZE
    finally:
        tracemalloc.stop()
    with pytest.raises(ValueError, match="too large"):
        run_example("AUD205", "good").download(f"{base}/large", target)
    assert target.stat().st_size <= 10_000_000


def test_aud206_the_body_of_a_failure_is_taken_for_data(base: str) -> None:
    assert run_example("AUD206", "bad").rates(base) == []
    with pytest.raises(requests.HTTPError):
        run_example("AUD206", "good").rates(base)


def test_aud206_in_a_coroutine(base: str) -> None:
    assert asyncio.run(run_example("AUD206", "bad", 1).names(base)) == []
    with httpx.Client() as client:
        assert client.get(f"{base}/users").status_code == 500


def test_aud206_the_page_of_a_failure_is_kept_as_the_file(base: str, tmp_path: Path) -> None:
    fetch = run_example("AUD206", "bad", 2).fetch
    fetch.__globals__["MODELS"] = base
    fetch(tmp_path / "model")
    assert (tmp_path / "model").read_bytes() == b'{"rates": []}'


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize(("kind", "left"), [("bad", 1), ("good", 0)])
def test_aud212_a_folder_after_an_error(kind: str, left: int, temporary: Path, tmp_path: Path) -> None:
    archive = tmp_path / "broken.zip"
    archive.write_bytes(b"no archive")
    with pytest.raises(Exception, match="not a zip file"):
        run_example("AUD212", kind).unpack(archive, os.listdir)
    assert len(list(temporary.iterdir())) == left


@pytest.mark.parametrize(("kind", "left"), [("bad", 1), ("good", 0)])
def test_aud212_a_file_after_an_early_return(kind: str, left: int, temporary: Path) -> None:
    assert run_example("AUD212", kind, 1).convert(b"data", lambda path: False) is None
    assert len(list(temporary.iterdir())) == left


@pytest.mark.parametrize(("kind", "whole"), [("bad", False), ("good", True)])
def test_aud213_a_process_killed_while_it_writes(kind: str, whole: bool, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text('{"done": 1}')
    program = example("AUD213", kind) + textwrap.dedent(
        f"""
        class Killing(dict):
            def items(self):
                yield "done", 2
                os._exit(9)

        import os
        Checkpoint({str(state)!r}).save(Killing(done=2))
        """
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == 9
    if whole:
        assert json.loads(state.read_text()) == {"done": 1}
    else:
        with pytest.raises(json.JSONDecodeError):
            json.loads(state.read_text())
