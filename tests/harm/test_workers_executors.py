"""Proofs of AUD501: pools and semaphores of size zero."""

from __future__ import annotations

import asyncio
import os

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
