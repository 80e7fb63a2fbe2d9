"""Harm of nulls that clients send."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


@pytest.mark.parametrize(("kind", "status"), [("bad", 500), ("good", 422)])
def test_aud623_a_null_for_a_column_without_null(kind: str, status: int) -> None:
    example = run_example("AUD623", kind)
    example.Base.metadata.create_all(example.engine)
    with example.Session(example.engine) as session:
        session.add(example.Project(id=1, name="tea"))
        session.commit()
    client = TestClient(example.app, raise_server_exceptions=False)
    assert client.patch("/projects/1", json={"name": "coffee"}).status_code == 200
    assert client.patch("/projects/1", json={"name": None}).status_code == status
    with example.Session(example.engine) as session:
        assert session.get(example.Project, 1).name == "coffee"
