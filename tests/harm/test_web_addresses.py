"""Proofs of the rules about addresses: a client that writes its address itself is never limited."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.harm.proof import run_example

# What the proxy between the client and the application appends: the address that it sees.
_SEEN = "198.51.100.7"


def _statuses(client: TestClient) -> set[int]:
    """The answers to a client that claims another address each time."""
    return {
        client.post("/login", headers={"x-forwarded-for": f"192.0.2.{turn}, {_SEEN}"}).status_code
        for turn in range(1, 20)
    }


def test_aud626_another_address_each_time_is_never_limited() -> None:
    with TestClient(run_example("AUD626", "bad").app) as client:
        assert _statuses(client) == {200}
    with TestClient(run_example("AUD626", "good").app) as client:
        assert _statuses(client) == {200, 429}
