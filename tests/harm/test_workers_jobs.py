"""Proof of AUD506: of two workers, only the one that took the job knows it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.harm.proof import run_example


@pytest.mark.parametrize(("kind", "answer"), [("bad", 404), ("good", 200)])
def test_aud506_another_worker_does_not_know_the_job(kind: str, answer: int, tmp_path: Path) -> None:
    database = tmp_path / "jobs.db"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE jobs (id TEXT PRIMARY KEY, status TEXT)")
    clients = []
    for _ in range(2):  # Each worker imports the program for itself.
        app = run_example("AUD506", kind).app
        app.state.database = database
        clients.append(TestClient(app))
    first, second = clients
    job_id = first.post("/jobs").json()["job_id"]
    assert first.get(f"/jobs/{job_id}").json() == {"status": "done"}
    assert second.get(f"/jobs/{job_id}").status_code == answer
