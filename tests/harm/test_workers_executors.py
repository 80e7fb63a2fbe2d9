"""Proofs of AUD501, AUD502 and AUD503: pools without workers, pools that stay, errors that vanish."""

from __future__ import annotations

import asyncio
import gc
import os
import threading

import pytest

from tests.harm.proof import run_example


def test_aud501_an_empty_list_makes_an_executor_of_no_workers() -> None:
    convert_all = run_example("AUD501", "bad").convert_all
    assert convert_all(["a", "b"], str.upper) == ["A", "B"]
    with pytest.raises(ValueError, match="max_workers must be greater than 0"):
        convert_all([], str.upper)
    assert run_example("AUD501", "good").convert_all([], str.upper) == []


def test_aud501_half_of_one_processor_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with pytest.raises(ValueError, match="Number of processes must be at least 1"):
        run_example("AUD501", "bad", 1).make_pool()
    with run_example("AUD501", "good", 1).make_pool() as pool:
        assert pool.apply(abs, (-1,)) == 1


def test_aud501_a_semaphore_of_zero_lets_no_one_in() -> None:
    async def fetch(url: str) -> str:
        return url

    fetch_all = run_example("AUD501", "bad", 2).fetch_all
    assert asyncio.run(fetch_all(fetch, ["a", "b"])) == ["a", "b"]
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(asyncio.wait_for(fetch_all(fetch, ["a"]), 0.2))


def threads() -> int:
    return sum(thread.name.startswith("ThreadPoolExecutor") for thread in threading.enumerate())


def test_aud502_the_threads_of_an_executor_that_is_not_shut_down_stay() -> None:
    alive: list[int] = []

    def load(name: str) -> str:
        alive.append(threads())
        return name

    started = threads()
    gc.disable()
    try:
        warm_up = run_example("AUD502", "bad").warm_up
        # An error that is kept keeps the frame, and so the executor and its threads.
        with pytest.raises(KeyError) as kept:
            warm_up({}.__getitem__, ["a"])
        assert threads() > started
    finally:
        gc.enable()
    del kept
    gc.collect()
    before = threads()
    assert run_example("AUD502", "good").warm_up(load, ["a", "b"]) == ["a", "b"]
    assert threads() <= before


def test_aud502_each_turn_starts_threads_of_its_own() -> None:
    def started_by(kind: str) -> int:
        names: set[int] = set()

        def convert(item: str) -> str:
            names.add(id(threading.current_thread()))
            living.append(threading.current_thread())
            return item

        living: list[threading.Thread] = []
        groups = [[str(number)] for number in range(10)]
        assert len(run_example("AUD502", kind, 1).convert_all(groups, convert)) == 10
        return len(names)

    assert started_by("bad") == 10
    assert started_by("good") <= 4


@pytest.mark.parametrize("number", [0, 1])
def test_aud503_the_error_of_a_job_vanishes(number: int) -> None:
    def store(row: str) -> None:
        raise OSError(f"cannot store {row}")

    run_example("AUD503", "bad", number).store_all(["a", "b"], store)
    with pytest.raises(OSError, match="cannot store"):
        run_example("AUD503", "good", number).store_all(["a", "b"], store)
