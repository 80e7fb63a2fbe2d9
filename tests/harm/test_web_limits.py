"""Proofs of the rules about rate limits: who may ask as often as he likes."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


@pytest.mark.parametrize(("kind", "refused"), [("bad", 0), ("good", 15)])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_aud616_the_forgotten_route_refuses_nobody(kind: str, refused: int) -> None:
    with TestClient(run_example("AUD616", kind).app) as client:
        answers = [client.post("/password/reset?name=ada").status_code for _ in range(20)]
        assert answers.count(429) == refused
        logins = [client.post("/login?name=ada&password=x").status_code for _ in range(20)]
        assert logins.count(429) == 15
