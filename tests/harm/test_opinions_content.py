"""What is kept as a picture when the server answers with a page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.harm.proof import run_example


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<html>please sign in</html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing on the console."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
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
