"""Proofs of the rules about lifespans: what is not stopped any more when one stop fails."""

from __future__ import annotations

import contextlib

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


@pytest.mark.parametrize(("kind", "written"), [("bad", False), ("good", True)])
def test_aud608_a_failing_stop_skips_the_next(kind: str, written: bool) -> None:
    module = run_example("AUD608", kind)
    with pytest.raises(ConnectionError), TestClient(module.app):
        pass
    assert module.buffer.written is written


class _Service:
    def __init__(self, fails: bool) -> None:
        self.fails = fails
        self.running = False

    async def start(self) -> None:
        self.running = True

    async def stop(self) -> None:
        if self.fails:
            raise ConnectionError("gone")
        self.running = False


@pytest.mark.parametrize(("kind", "running"), [("bad", True), ("good", False)])
def test_aud608_a_failing_turn_ends_the_loop_of_stops(kind: str, running: bool) -> None:
    module = run_example("AUD608", kind, 1)
    last = _Service(fails=False)
    module.services.extend([_Service(fails=True), last])
    with contextlib.suppress(ConnectionError), TestClient(module.app):
        pass
    assert last.running is running
