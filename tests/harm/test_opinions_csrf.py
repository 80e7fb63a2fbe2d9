"""Whose pages may change things with a user's cookie."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


@pytest.mark.parametrize(("kind", "policy"), [("bad", "samesite=none"), ("good", "samesite=lax")])
def test_aud915_a_foreign_page_deletes_the_notes(kind: str, policy: str) -> None:
    example = run_example("AUD915", kind)
    with TestClient(example.app, base_url="https://notes.example.org") as browser:
        cookie = browser.post("/login", params={"name": "anna"}).headers["set-cookie"].lower()
        assert policy in cookie
        # Of a page of another site a browser sends no cookie along that is "lax", but one that is "none".
        is_sent = "samesite=none" in cookie
        foreign = {"Origin": "https://evil.example.com"}
        if not is_sent:
            browser.cookies.clear()
        answer = browser.delete("/notes", headers=foreign)
    assert answer.is_success == is_sent
    assert example.notes["anna"] == ([] if is_sent else ["buy milk"])
