"""Proofs of the rules about tasks: what becomes of tasks that nobody keeps, waits for or cancels."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest

from tests.harm.proof import run_example


async def survives_collection(start: Any, is_coroutine: bool) -> bool:
    """Whether the work that `start` starts is still waiting after the garbage collector ran."""
    ended: list[str] = []

    async def work() -> None:
        try:
            # Only the task and this future know of each other.
            await asyncio.get_running_loop().create_future()
        finally:
            ended.append("collected")

    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    if is_coroutine:
        await start(work)
    else:
        start(work)
    await asyncio.sleep(0)
    gc.collect()
    return not ended


def test_aud109_a_dropped_task_is_collected_before_it_ends() -> None:
    assert not asyncio.run(survives_collection(run_example("AUD109", "bad").start, True))
    assert not asyncio.run(survives_collection(run_example("AUD109", "bad", 1).start, False))


def test_aud109_a_stored_task_lives() -> None:
    example = run_example("AUD109", "good")
    assert asyncio.run(survives_collection(example.start, True))


def test_aud109_the_error_of_a_piled_up_task_is_not_seen_and_it_stays() -> None:
    async def fail() -> None:
        raise ValueError("lost")

    async def run() -> Any:
        starter = run_example("AUD109", "bad", 2).Starter()
        for _ in range(20):
            starter.start(fail)
        await asyncio.sleep(0.01)
        return starter

    starter = asyncio.run(run())
    assert len(starter._tasks) == 20
    assert all(task.done() for task in starter._tasks)
    for task in starter._tasks:
        with pytest.raises(ValueError, match="lost"):
            task.result()
