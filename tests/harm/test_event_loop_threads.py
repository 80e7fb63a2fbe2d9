"""Proofs of AUD117: what needs an event loop does not work in a thread."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from tests.harm.proof import run_example


@pytest.mark.filterwarnings("ignore:coroutine 'notify' was never awaited")
def test_aud117_no_running_loop_in_a_thread() -> None:
    with pytest.raises(RuntimeError, match="no running event loop"):
        asyncio.run(run_example("AUD117", "bad").run())
    asyncio.run(run_example("AUD117", "good").run())


def test_aud117_call_soon_does_not_wake_the_loop() -> None:
    example = run_example("AUD117", "bad", 1)
    seen: list[float] = []
    example.module.__dict__["print"] = lambda text: seen.append(time.monotonic())

    async def run() -> float:
        reader = example.Reader()
        started = time.monotonic()
        threading.Timer(0.05, reader.thread.start).start()
        await asyncio.sleep(0.4)
        await asyncio.sleep(0)
        return started

    started = asyncio.run(run())
    assert seen
    assert seen[0] - started > 0.3, "called only when the loop woke up for something else"
