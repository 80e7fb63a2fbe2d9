"""What a byte outside ASCII does to a comparison of texts."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


@pytest.mark.parametrize(("kind", "status"), [("bad", 500), ("good", 401)])
def test_aud622_one_byte_makes_it_fail(kind: str, status: int) -> None:
    client = TestClient(run_example("AUD622", kind).app, raise_server_exceptions=False)
    assert client.get("/orders", headers={"authorization": "Bearer tea"}).status_code == 200
    assert client.get("/orders", headers={"authorization": b"Bearer te\xe9"}).status_code == status
