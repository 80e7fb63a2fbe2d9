"""Proofs of AUD306: the handler's own NameError takes the place of the error."""

from __future__ import annotations

import io

import pytest

from tests.harm.proof import run_example


def refuse(source: str) -> object:
    raise ConnectionRefusedError(source)


def test_aud306_clean_up_fails_with_a_name_error() -> None:
    with pytest.raises(UnboundLocalError, match="connection") as caught:
        run_example("AUD306", "bad").copy(refuse, "there", io.StringIO())
    assert isinstance(caught.value.__context__, ConnectionRefusedError)
    for number in range(2):
        with pytest.raises(ConnectionRefusedError):
            run_example("AUD306", "good", number).copy(refuse, "there", io.StringIO())


def test_aud306_the_log_call_hides_why_the_request_failed() -> None:
    with pytest.raises(UnboundLocalError, match="response"):
        run_example("AUD306", "bad", 1).price("http://127.0.0.1:9/")
