"""Proofs of AUD504, AUD505 and AUD525: entries that stay, and entries of others."""

from __future__ import annotations

import asyncio
import gc

import pytest

from tests.harm.proof import run_example


async def charge_many(example: object, count: int) -> None:
    async def send(account_id: int, amount: int) -> int:
        return amount

    for account_id in range(count):
        await example.charge(account_id, 1, send)  # type: ignore[attr-defined]


def test_aud504_an_entry_for_each_key_stays() -> None:
    example = run_example("AUD504", "bad")
    asyncio.run(charge_many(example, 1000))
    assert len(example._locks) == 1000


@pytest.mark.parametrize("number", [0, 1])
def test_aud504_good_examples_keep_nothing(number: int) -> None:
    example = run_example("AUD504", "good", number)
    asyncio.run(charge_many(example, 100))
    gc.collect()
    assert len(getattr(example, "_locks", ())) + len(getattr(example, "_running", ())) == 0


def test_aud505_a_cancelled_job_stays_listed() -> None:
    for kind, left in (("bad", 1), ("good", 0)):
        jobs = run_example("AUD505", kind).jobs
        jobs.start("one", object())
        jobs.cancel("one")
        assert len(jobs.started) == left


def answers_for_new_lists(kind: str) -> list[int]:
    """The sizes that are given for lists of one element, after lists of two had been asked for and dropped."""
    example = run_example("AUD525", kind)
    dropped = [[1, 2] for _ in range(100)]
    for rows in dropped:
        example.size_of(rows)
    del rows, dropped
    kept = [[1] for _ in range(200)]
    return [example.size_of(rows) for rows in kept]


def test_aud525_a_new_object_gets_the_answer_of_a_dead_one() -> None:
    assert 2 in answers_for_new_lists("bad")
    assert set(answers_for_new_lists("good")) == {1}


def test_aud525_identities_inside_one_function() -> None:
    row: list[int] = []
    assert run_example("AUD525", "good", 1).unique([row, row, [1]]) == 2
