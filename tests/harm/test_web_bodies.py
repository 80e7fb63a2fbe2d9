"""Proofs of the rules about bodies: the client's mistake becomes the server's failure."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.harm.proof import run_example


def test_aud611_a_missing_key_is_the_servers_failure() -> None:
    with TestClient(run_example("AUD611", "bad").app, raise_server_exceptions=False) as client:
        assert client.post("/orders", json={"item": "tea", "count": 2}).status_code == 200
        assert client.post("/orders", json={"item": "tea"}).status_code == 500
    with TestClient(run_example("AUD611", "good").app, raise_server_exceptions=False) as client:
        assert client.post("/orders", json={"item": "tea", "count": 2}).status_code == 200
        assert client.post("/orders", json={"item": "tea"}).status_code == 422


def test_aud611_a_missing_key_in_flask() -> None:
    assert run_example("AUD611", "bad", 1).app.test_client().post("/orders", json={}).status_code == 500
    assert run_example("AUD611", "good", 1).app.test_client().post("/orders", json={}).status_code == 400


def test_aud611_a_model_that_the_route_makes_itself() -> None:
    with TestClient(run_example("AUD611", "bad", 2).app, raise_server_exceptions=False) as client:
        assert client.post("/orders", json={"item": "tea", "count": 2}).status_code == 200
        assert client.post("/orders", json={"item": "tea"}).status_code == 500


def test_aud625_a_wrong_date_is_the_servers_failure() -> None:
    with TestClient(run_example("AUD625", "bad").app, raise_server_exceptions=False) as client:
        assert client.get("/sales", params={"day": "2026-02-27"}).status_code == 200
        assert client.get("/sales", params={"day": "2026-02-30"}).status_code == 500
    with TestClient(run_example("AUD625", "good").app, raise_server_exceptions=False) as client:
        assert client.get("/sales", params={"day": "2026-02-27"}).status_code == 200
        assert client.get("/sales", params={"day": "2026-02-30"}).status_code == 422


def test_aud625_a_wrong_number_in_flask() -> None:
    assert run_example("AUD625", "bad", 1).app.test_client().get("/orders?page=two").status_code == 500
    assert run_example("AUD625", "good", 1).app.test_client().get("/orders?page=two").status_code == 400


def test_aud628_what_is_not_there_is_the_servers_failure() -> None:
    with TestClient(run_example("AUD628", "bad").app, raise_server_exceptions=False) as client:
        assert client.get("/jobs/17").status_code == 500
    with TestClient(run_example("AUD628", "good").app, raise_server_exceptions=False) as client:
        assert client.get("/jobs/17").status_code == 404
    assert run_example("AUD628", "bad", 1).app.test_client().get("/orders/17").status_code == 500
    assert run_example("AUD628", "good", 1).app.test_client().get("/orders/17").status_code == 404
