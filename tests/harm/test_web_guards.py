"""Proofs of the rules about origins, checks and what is compared: the examples answer real requests."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example

STRANGER = {"origin": "https://evil.example", "cookie": "session=1"}


@pytest.mark.parametrize("number", [0, 1])
def test_aud602_every_origin_is_sent_back(number: int) -> None:
    with TestClient(run_example("AUD602", "bad", number).app) as client:
        answer = client.get("/openapi.json", headers=STRANGER)
    assert answer.headers["access-control-allow-origin"] == "https://evil.example"
    assert answer.headers["access-control-allow-credentials"] == "true"


def test_aud602_a_stranger_is_not_sent_back() -> None:
    with TestClient(run_example("AUD602", "good").app) as client:
        answer = client.get("/openapi.json", headers=STRANGER)
    assert "access-control-allow-origin" not in answer.headers


def test_aud614_a_newline_goes_into_the_path() -> None:
    assert run_example("AUD614", "bad").profile_of("/data", "abc\n") == Path("/data/abc\n.json")
    with pytest.raises(ValueError, match="not a name"):
        run_example("AUD614", "good").profile_of("/data", "abc\n")


@pytest.mark.parametrize("number", [0, 1])
def test_aud612_a_failure_has_the_status_of_a_success(number: int) -> None:
    with TestClient(run_example("AUD612", "bad", number).app) as client:
        assert client.get("/orders/7").status_code == 200
    with TestClient(run_example("AUD612", "good").app) as client:
        assert client.get("/orders/7").status_code == 404


@pytest.mark.parametrize(("kind", "status"), [("bad", 200), ("good", 503)])
def test_aud607_the_database_is_down(kind: str, status: int) -> None:
    def ping_database() -> None:
        raise ConnectionError("the database is down")

    with TestClient(run_example("AUD607", kind, ping_database=ping_database).app) as client:
        answer = client.get("/health")
    assert answer.status_code == status
    assert answer.json() == {"database": "down"}


def test_aud615_everything_is_given_out() -> None:
    with TestClient(run_example("AUD615", "bad").app) as client:
        assert len(client.get("/squares?count=10000").json()) == 10_000
    with TestClient(run_example("AUD615", "good").app) as client:
        assert client.get("/squares?count=10000").status_code == 422
    with TestClient(run_example("AUD615", "good", 1).app) as client:
        assert len(client.get("/squares?count=10000").json()) == 200


def test_aud620_the_old_style_warns() -> None:
    with pytest.warns(DeprecationWarning, match="on_event"):
        run_example("AUD620", "bad")
    example = run_example("AUD620", "bad", 1)
    with pytest.warns(DeprecationWarning, match="model_dump"):
        assert example.as_dict(example.User(name="a")) == {"name": "a"}


def test_aud620_the_lifespan_runs_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        app = run_example("AUD620", "good").app
    with TestClient(app):
        assert app.state.ready
