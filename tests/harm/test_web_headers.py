"""What a letter outside Latin-1 does to a header."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(("kind", "status"), [("bad", 500), ("good", 200)])
def test_aud624_one_letter_makes_it_fail(kind: str, status: int, number: int) -> None:
    client = TestClient(run_example("AUD624", kind, number).app, raise_server_exceptions=False)
    assert client.get("/reports", params={"title": "May"}).status_code == 200
    assert client.get("/reports", params={"title": "Łódź"}).status_code == status
