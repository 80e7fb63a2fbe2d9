"""Proofs of AUD601, AUD603, AUD606: the wrong handler answers, strangers are let in, nothing answers."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.harm.proof import run_example, write_example


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


def test_aud603_a_stranger_removes_a_note() -> None:
    for kind, status in (("bad", 200), ("good", 401)):
        application = FastAPI()
        application.include_router(run_example("AUD603", kind).router)
        client = TestClient(application)
        assert client.get("/notes").status_code == 401
        assert client.delete("/notes/x").status_code == status


def test_aud606_routes_that_do_not_exist(tmp_path: Path) -> None:
    write_example("AUD606", "bad", tmp_path)
    application = imported(tmp_path, "main").app
    client = TestClient(application)
    assert client.get("/notes").status_code == 200
    assert client.get("/tasks").status_code == 404


def test_aud606_included_twice(tmp_path: Path) -> None:
    write_example("AUD606", "bad", tmp_path, 1)
    application = imported(tmp_path, "main").app
    with pytest.warns(UserWarning, match="Duplicate Operation ID"):
        application.openapi()


def imported(folder: Path, name: str) -> ModuleType:
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
        for file in folder.glob("*.py"):
            sys.modules.pop(file.stem, None)
