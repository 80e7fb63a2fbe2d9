"""Proofs of the rules about the environment: the examples are run with variables set and missing."""

from __future__ import annotations

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


def test_aud704_false_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "false")
    monkeypatch.setenv("USE_CACHE", "0")
    assert run_example("AUD704", "bad").settings() == {"debug": True}
    assert run_example("AUD704", "bad", 1).engine("fast", "slow") == "fast"
    assert run_example("AUD704", "good").settings() == {"debug": False}
