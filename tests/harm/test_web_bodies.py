"""Proofs of the rules about bodies: the client's mistake becomes the server's failure."""

from __future__ import annotations

import time
import types

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


def test_aud611_a_body_that_is_no_json() -> None:
    with TestClient(run_example("AUD611", "bad", 3).app, raise_server_exceptions=False) as client:
        assert client.put("/settings", content=b'{"theme": "dark"}').json() == {"theme": "dark"}
        assert client.put("/settings", content=b"{'theme': 'dark'}").status_code == 500
    with TestClient(run_example("AUD611", "good", 2).app, raise_server_exceptions=False) as client:
        assert client.put("/settings", content=b"{'theme': 'dark'}").status_code == 400


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


def test_aud629_a_list_of_words_is_tried_at_once() -> None:
    tries = {}
    for kind in ("bad", "good"):
        example = run_example("AUD629", kind)
        user = types.SimpleNamespace(salt="a1b2", password_hash=example.hash_password("sunshine", "a1b2"))
        assert example.is_right(user, "sunshine")
        assert not example.is_right(user, "moonshine")
        started = time.process_time()
        words = 0
        while time.process_time() - started < 0.2:
            example.is_right(user, f"word {words}")
            words += 1
        tries[kind] = words
    # On one core and in Python; what is made for it is faster by a factor of a million.
    assert tries["bad"] > 1000 * tries["good"]
