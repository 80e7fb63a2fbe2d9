"""Proofs of AUD601: the wrong handler answers."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.harm.proof import run_example


def client(kind: str, number: int = 0) -> TestClient:
    example = run_example("AUD601", kind, number)
    if hasattr(example, "app"):
        return TestClient(example.app)
    application = FastAPI()
    application.include_router(example.router)
    return TestClient(application)


def test_aud601_the_earlier_route_answers() -> None:
    assert client("bad").get("/users/me").status_code == 422
    assert client("good").get("/users/me").json() == {"id": "me"}
    assert client("good").get("/users/7").json() == {"id": 7}
    assert client("good", 1).get("/users/me").json() == {"id": "me"}


def test_aud601_the_same_path_twice() -> None:
    assert client("bad", 1).post("/jobs").json() == {"started": 1}
