"""Proofs of AUD110, AUD111, AUD112, AUD114 and AUD120: cancelled tasks, and locks that stay taken."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest

from tests.harm.proof import example, run_example


@pytest.mark.parametrize("number", [0, 1])
def test_aud110_task_survives_cancel(number: int) -> None:
    assert after_cancel("bad", number) == "alive"
    assert after_cancel("good", number) == "ended"


def after_cancel(kind: str, number: int) -> str:
    program = f"""
import asyncio
{example("AUD110", kind, number)}
async def read():
    await asyncio.sleep(0.01)

async def main():
    import os
    task = asyncio.create_task(poll(read, lambda row: None))
    await asyncio.sleep(0.02)
    task.cancel()
    done, pending = await asyncio.wait([task], timeout=0.1)
    print("alive" if pending else "ended", flush=True)
    os._exit(0)

asyncio.run(main())
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=True)
    return run.stdout.splitlines()[-1]


class SlowSource:
    async def read(self) -> list[int]:
        await asyncio.sleep(5)
        return [1]


async def is_left_taken(kind: str, number: int) -> bool:
    feed = run_example("AUD111", kind, number).Feed(SlowSource())
    task = asyncio.create_task(feed.refresh())
    await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.wait([task])
    left: bool = feed._lock.locked()
    return left


@pytest.mark.parametrize("number", [0, 1])
def test_aud111_a_cancelled_task_leaves_the_lock_taken(number: int) -> None:
    assert asyncio.run(is_left_taken("bad", number))
    assert not asyncio.run(is_left_taken("good", number))


def second_call_ends(kind: str) -> bool:
    register = run_example("AUD112", kind).Register()
    register.add("name")
    register.add("name")
    third = threading.Thread(target=register.add, args=("other",), daemon=True)
    third.start()
    third.join(0.2)
    return not third.is_alive()


def test_aud112_the_next_call_hangs() -> None:
    assert not second_call_ends("bad")
    assert second_call_ends("good")


class BrokenConnection:
    async def write(self, message: str) -> None:
        raise ConnectionResetError


async def places_after_two_failures(kind: str) -> bool:
    sender = run_example("AUD112", kind, 1).Sender(BrokenConnection())
    for _ in range(2):
        with pytest.raises(ConnectionResetError):
            await sender.send("hello")
    locked: bool = sender._slots.locked()
    return locked


def test_aud112_failures_use_up_a_semaphore() -> None:
    assert asyncio.run(places_after_two_failures("bad"))
    assert not asyncio.run(places_after_two_failures("good"))


def two_tasks(text: str) -> str:
    """Run a program with two tasks that call `add`; what it prints, or that it hangs."""
    program = f"""
{text}
async def main():
    await asyncio.gather(add("one"), add("two"))
    print(len(names), flush=True)

asyncio.run(main())
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    try:
        return process.communicate(timeout=0.7)[0].strip()
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return "hangs"


def test_aud120_two_tasks_stop_the_loop() -> None:
    assert two_tasks(example("AUD120", "bad")) == "hangs"


@pytest.mark.parametrize("number", [0, 1])
def test_aud120_good_examples_end(number: int) -> None:
    names = run_example("AUD120", "good", number)

    async def both() -> None:
        await asyncio.wait_for(asyncio.gather(names.add("one"), names.add("two")), 1)

    asyncio.run(both())
    assert len(names.names) == 2


async def pools_made(kind: str) -> int:
    made: list[object] = []

    async def connect() -> object:
        await asyncio.sleep(0.01)
        made.append(object())
        return made[-1]

    text = run_example("AUD114", kind)
    pools = await asyncio.gather(text.get_pool(connect), text.get_pool(connect))
    assert (pools[0] is pools[1]) is (kind == "good")
    return len(made)


def test_aud114_two_pools_are_made() -> None:
    assert asyncio.run(pools_made("bad")) == 2
    assert asyncio.run(pools_made("good")) == 1


def test_aud114_without_a_wait_one_is_made() -> None:
    async def both() -> None:
        example = run_example("AUD114", "good", 1)

        async def connect() -> None:
            await asyncio.sleep(0)

        assert example.get_pool(connect) is example.get_pool(connect)
        await example.get_pool(connect)

    asyncio.run(both())
