"""Proofs of the rules about attributes that a request names."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.harm.proof import run_example


def test_aud618_a_client_makes_itself_an_administrator() -> None:
    changes = {"name": "eve", "is_admin": True}
    bad = run_example("AUD618", "bad")
    with TestClient(bad.app) as client:
        assert client.patch("/user", json=changes).status_code == 200
    assert bad.USER.is_admin
    good = run_example("AUD618", "good")
    with TestClient(good.app) as client:
        assert client.patch("/user", json=changes).status_code == 422
        assert client.patch("/user", json={"name": "eve"}).json() == {"name": "eve"}
    assert not good.USER.is_admin


def test_aud618_a_client_reads_what_is_not_shown() -> None:
    with TestClient(run_example("AUD618", "bad", 1).app, raise_server_exceptions=False) as client:
        assert client.get("/users?field=password_hash").json() == ["f0", "0a"]
        assert client.get("/users?field=nothing").status_code == 500
    with TestClient(run_example("AUD618", "good", 1).app) as client:
        assert client.get("/users?field=name").json() == ["ann", "bob"]
        assert client.get("/users?field=password_hash").status_code == 422
