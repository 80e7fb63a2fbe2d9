"""Proofs of the rules about patches: a test that its own mock answers."""

from __future__ import annotations

import httpx
import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


def test_aud804_the_test_passes_without_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    # Starlette makes its test client of httpx2's class where that is installed: the example means this one.
    base = TestClient.__mro__[1]
    assert base.__name__ == "Client"
    monkeypatch.setattr(httpx, "Client", base)
    run_example("AUD804", "bad").test_rates()
    good = run_example("AUD804", "good")
    good.test_rates()
    good.test_upstream()
