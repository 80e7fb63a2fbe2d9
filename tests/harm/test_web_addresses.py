"""Proofs of the rules about addresses: what a client writes decides over who it is and where it is led."""

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


def test_aud627_a_link_to_the_own_site_leads_to_another() -> None:
    foreign = "/login?next=https://example.org/login"
    assert run_example("AUD627", "bad").app.test_client().post(foreign).location == "https://example.org/login"
    client = run_example("AUD627", "good").app.test_client()
    assert client.post(foreign).status_code == 400
    assert client.post("/login?next=/orders").location == "/orders"
