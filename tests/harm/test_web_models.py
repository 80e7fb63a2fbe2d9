"""Proofs of the rules about request models: what is no date and no choice is accepted."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.harm.proof import run_example

WRONG = {"start_date": "tomorrow", "level": "hihg"}


def test_aud605_any_text_is_a_date_and_a_choice() -> None:
    with TestClient(run_example("AUD605", "bad").app) as client:
        assert client.post("/reports", json=WRONG).json() == {"from": "tomorrow", "level": "hihg"}
    with TestClient(run_example("AUD605", "good").app) as client:
        answer = client.post("/reports", json=WRONG)
        assert answer.status_code == 422
        assert {problem["loc"][-1] for problem in answer.json()["detail"]} == {"start_date", "level"}
        right = {"start_date": "2026-01-31", "level": "high"}
        assert client.post("/reports", json=right).json() == {"from": "2026-01-31", "level": "high"}


def test_aud605_a_validator_looks() -> None:
    with TestClient(run_example("AUD605", "good", 1).app) as client:
        assert client.post("/reports", json=WRONG).status_code == 422
