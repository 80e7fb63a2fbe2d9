"""Proofs of the rules about outgoing URLs: the client chooses another endpoint, or adds parameters."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


class _Telling(BaseHTTPRequestHandler):
    """A backend that answers with the path it was asked for."""

    def do_GET(self) -> None:
        body = json.dumps(self.path).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: Any) -> None:
        pass


@pytest.fixture
def backend() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Telling)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def asked(kind: str, number: int, backend: str, path: str, parameters: dict[str, str]) -> object:
    """What the backend is asked for when the example gets a request."""
    example = run_example("AUD621", kind, number)
    example.module.BACKEND = backend
    with TestClient(example.app) as client:
        return client.get(path, params=parameters).json()


def test_aud621_another_endpoint_is_called(backend: str) -> None:
    given = {"name": "../admin/keys?all=1#"}
    assert asked("bad", 0, backend, "/profile", given) == "/admin/keys?all=1"
    assert asked("good", 0, backend, "/profile", given) == "/profiles/..%2Fadmin%2Fkeys%3Fall%3D1%23"


def test_aud621_a_parameter_is_added(backend: str) -> None:
    given = {"text": "tea&scope=all"}
    assert asked("bad", 1, backend, "/search", given) == "/search?scope=public&text=tea&scope=all"
    assert asked("good", 1, backend, "/search", given) == "/search?scope=public&text=tea%26scope%3Dall"
