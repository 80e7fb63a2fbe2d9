"""Proofs of the rules about debug mode: what a client reads in an answer."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


def test_aud613_the_traceback_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBUG", raising=False)
    bad = run_example("AUD613", "bad").app

    @bad.exception_handler(Exception)
    def own(request: object, error: Exception) -> None:
        raise AssertionError("never asked")

    with TestClient(bad, raise_server_exceptions=False) as client:
        answer = client.get("/share?total=10&people=0")
    assert answer.status_code == 500
    assert "ZeroDivisionError" in answer.text
    assert "Traceback" in answer.text
    with TestClient(run_example("AUD613", "good").app, raise_server_exceptions=False) as client:
        answer = client.get("/share?total=10&people=0")
    assert answer.status_code == 500
    assert answer.text == "Internal Server Error"
