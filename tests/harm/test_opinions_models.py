"""Proofs of the opinions about answers: what goes out where nothing says what may."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


def test_aud917_what_the_model_leaves_out_stays_in() -> None:
    with TestClient(run_example("AUD917", "bad").app) as client:
        assert "password_hash" in client.get("/users/1").json()
    for number in (0, 1):
        with TestClient(run_example("AUD917", "good", number).app) as client:
            assert client.get("/users/1").json() == {"name": "Ada"}


@pytest.mark.parametrize(("kind", "answer"), [("bad", "Internal Server Error"), ("good", '"code":"internal"')])
def test_aud908_an_unexpected_failure_is_answered_in_another_form(kind: str, answer: str) -> None:
    client = TestClient(run_example("AUD908", kind).app, raise_server_exceptions=False)
    found = client.get("/notes/7")
    assert found.status_code == 500
    assert answer in found.text
