"""What a download is taken for, what every run loads again, and a job that runs for nothing."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tests.harm.proof import run_example, write_example


class _Page(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = b"<html>please sign in</html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing on the console."""


@pytest.fixture
def address(served: tuple[str, list[str]]) -> str:
    return served[0]


@pytest.fixture
def served() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and the paths that it was asked for."""
    _Page.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", _Page.asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_aud912_a_page_is_kept_as_a_picture(address: str, tmp_path: Path) -> None:
    run_example("AUD912", "bad").keep_cover(7, tmp_path, address)
    assert (tmp_path / "cover.jpg").read_bytes().startswith(b"<html>")
    (tmp_path / "cover.jpg").unlink()
    with pytest.raises(ValueError, match="is no JPEG"):
        run_example("AUD912", "good").keep_cover(7, tmp_path, address)
    assert not (tmp_path / "cover.jpg").exists()


def test_aud911_every_run_loads_everything_again(served: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = served
    for _ in range(2):
        run_example("AUD911", "bad").keep_covers([1, 2], tmp_path, address)
    assert asked == ["/1", "/2", "/1", "/2"]
    asked.clear()
    run_example("AUD911", "good").keep_covers([1, 2, 3], tmp_path, address)
    assert asked == ["/3"]


@pytest.mark.parametrize(("kind", "registered"), [("bad", 1), ("good", 0)])
def test_aud914_the_job_runs_for_nothing(
    kind: str, registered: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_example("AUD914", kind, tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv("WEBHOOK", raising=False)
    try:
        jobs = importlib.import_module("shop.jobs")
        entries = jobs.app.conf.beat_schedule
        assert len(entries) == registered
        states = [jobs.app.tasks[entry["task"]].apply().state for entry in entries.values()]
        assert states == ["SUCCESS"] * registered
        assert jobs.sent == []
    finally:
        for name in ("shop.jobs", "shop.settings", "shop"):
            sys.modules.pop(name, None)


def test_aud913_the_plain_field_of_a_new_row_is_empty() -> None:
    example = run_example("AUD913", "bad")
    request = example.requested(example.Account(token_encrypted=b"terces"))
    assert request.headers["Authorization"] == "Bearer None"
    example = run_example("AUD913", "good")
    request = example.requested(example.Account(token_encrypted=b"terces"), lambda kept: kept[::-1].decode())
    assert request.headers["Authorization"] == "Bearer secret"
