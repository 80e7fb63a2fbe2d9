"""Proofs of the rules about the environment: the examples are run with variables set and missing."""

from __future__ import annotations

import time
import types

import pytest

from tests.harm.proof import run_example


def test_aud701_the_application_starts_with_a_known_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    assert run_example("AUD701", "bad").SECRET_KEY == "change-me"
    with pytest.raises(KeyError, match="SECRET_KEY"):
        run_example("AUD701", "good")


def test_aud701_the_settings_have_a_known_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JWT_SECRET", raising=False)
    assert run_example("AUD701", "bad", 1).Settings().jwt_secret == "supersecret"
    with pytest.raises(ValueError, match="jwt_secret"):
        run_example("AUD701", "good", 1).Settings()


def test_aud702_the_error_names_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAX_ITEMS", raising=False)
    with pytest.raises(TypeError) as unnamed:
        run_example("AUD702", "bad").limits()
    assert "MAX_ITEMS" not in str(unnamed.value)
    with pytest.raises(SystemExit, match="MAX_ITEMS"):
        run_example("AUD702", "good").limits()
    assert run_example("AUD702", "good", 1).limits() == 100
    monkeypatch.setenv("MAX_ITEMS", "many")
    with pytest.raises(ValueError, match="invalid literal") as unnamed_number:
        run_example("AUD702", "bad", 1)
    assert "MAX_ITEMS" not in str(unnamed_number.value)
    with pytest.raises(SystemExit, match="MAX_ITEMS"):
        run_example("AUD702", "good", 1).limits()


def test_aud703_what_is_no_url_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    for missing in (" ", "api.example.com"):
        monkeypatch.setenv("API_URL", missing)
        monkeypatch.setenv("SERVICE_ENDPOINT", missing)
        with pytest.raises(ValueError, match="unknown url type"):
            run_example("AUD703", "bad").request()
        with pytest.raises(ValueError, match="unknown url type"):
            run_example("AUD703", "bad", 1).request("pen")
        with pytest.raises(SystemExit, match="API_URL is no URL"):
            run_example("AUD703", "good").request()


def test_aud704_false_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "false")
    monkeypatch.setenv("USE_CACHE", "0")
    assert run_example("AUD704", "bad").settings() == {"debug": True}
    assert run_example("AUD704", "bad", 1).engine("fast", "slow") == "fast"
    assert run_example("AUD704", "good").settings() == {"debug": False}


def test_aud705_naive_and_aware_times_do_not_mix() -> None:
    with pytest.raises(TypeError, match="offset-naive and offset-aware"):
        run_example("AUD705", "bad").is_old(30)
    assert run_example("AUD705", "good").is_old(30)
    assert not run_example("AUD705", "good").is_old(3)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of the process cannot be set here")
def test_aud705_the_timestamp_is_wrong_by_the_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XXX+5")
    time.tzset()
    try:
        assert round((run_example("AUD705", "bad", 1).seconds() - time.time()) / 3600) == 5
        assert abs(run_example("AUD705", "good", 1).seconds() - time.time()) < 5
    finally:
        monkeypatch.undo()
        time.tzset()


def test_aud706_zero_is_taken_for_missing() -> None:
    assert run_example("AUD706", "bad").request("a", 0)["temperature"] == 0.7
    assert run_example("AUD706", "good").request("a", 0)["temperature"] == 0
    assert run_example("AUD706", "bad", 1).place(0.0, 8.5) is None
    assert run_example("AUD706", "good", 1).place(0.0, 8.5) == (0.0, 8.5)


def test_aud708_the_password_becomes_a_part_of_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"DB_USER": "shop", "DB_PASSWORD": "p@ss", "DB_HOST": "db.example.org"}.items():
        monkeypatch.setenv(name, value)
    torn = run_example("AUD708", "bad").database()
    assert (torn.password, torn.host) == ("p", "ss@db.example.org")
    whole = run_example("AUD708", "good").database()
    assert (whole.password, whole.host) == ("p@ss", "db.example.org")

    settings = types.SimpleNamespace(user="shop", password="p/ss", host="cache.example.org")
    with pytest.raises(ValueError, match="Port could not be cast"):
        run_example("AUD708", "bad", 1).cache(settings)
    client = run_example("AUD708", "good", 1).cache(settings)
    assert client.connection_pool.connection_kwargs["password"] == "p/ss"
    assert client.connection_pool.connection_kwargs["host"] == "cache.example.org"


def test_aud709_a_quoted_password_stops_each_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://shop:p%40ss@db/shop")
    with pytest.raises(ValueError, match=r"invalid interpolation syntax in .*p%40ss"):
        run_example("AUD709", "bad").migrations()
    config = run_example("AUD709", "good").migrations()
    assert config.get_main_option("sqlalchemy.url") == "postgresql://shop:p%40ss@db/shop"
