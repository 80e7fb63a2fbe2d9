"""Proofs of the rules about tasks: what becomes of tasks that nobody keeps, waits for or cancels."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
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


class Client:
    """A client whose methods fail once it is closed."""

    def __init__(self) -> None:
        self.closed = False
        self.sent: list[str] = []

    async def poll(self) -> None:
        await asyncio.sleep(0.001)

    async def send(self, text: str) -> None:
        if self.closed:
            raise RuntimeError("the client is closed")
        self.sent.append(text)

    async def close(self) -> None:
        self.closed = True
        await asyncio.sleep(0)


async def stopped(kind: str) -> tuple[Client, BaseException | None]:
    """The client after the poller was stopped, and the exception that its task ended with."""
    client = Client()
    poller = run_example("AUD121", kind).Poller(client)
    poller.start()
    await asyncio.sleep(0.005)
    await poller.stop()
    task: asyncio.Task[None] = poller._task
    await asyncio.wait([task])
    return client, asyncio.CancelledError() if task.cancelled() else task.exception()


def test_aud121_the_clean_up_runs_against_a_closed_client() -> None:
    client, ended = asyncio.run(stopped("bad"))
    assert client.sent == []
    assert isinstance(ended, RuntimeError)


def test_aud121_a_task_that_is_awaited_cleans_up() -> None:
    client, ended = asyncio.run(stopped("good"))
    assert client.sent == ["bye"]
    assert isinstance(ended, asyncio.CancelledError)


async def answer_of_a_silent_peer(kind: str, number: int) -> str:
    """How `ask` ends when the peer takes the question and says nothing."""
    server = await asyncio.start_server(lambda reader, writer: asyncio.sleep(5), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    task = asyncio.create_task(run_example("AUD118", kind, number).ask(port, b"?\n"))
    done, _ = await asyncio.wait([task], timeout=0.6)
    if not done:
        task.cancel()
        await asyncio.wait([task])
        server.close()
        return "waiting"
    server.close()
    return type(task.exception()).__name__


def test_aud118_a_silent_peer_holds_the_coroutine() -> None:
    assert asyncio.run(answer_of_a_silent_peer("bad", 1)) == "waiting"
    assert asyncio.run(answer_of_a_silent_peer("good", 0)) == "TimeoutError"


def test_aud118_a_silent_web_socket_holds_its_handler() -> None:
    class Silent:
        """A WebSocket that is accepted and then sends nothing."""

        async def accept(self) -> None:
            return None

        async def receive_text(self) -> str:
            await asyncio.get_running_loop().create_future()
            return ""

    async def run() -> bool:
        task = asyncio.create_task(run_example("AUD118", "bad").events(Silent()))
        _, pending = await asyncio.wait([task], timeout=0.2)
        task.cancel()
        return bool(pending)

    assert asyncio.run(run())


async def backlog(kind: str) -> int:
    """How many items wait in the queue when the consumer is stuck."""

    async def source() -> AsyncIterator[int]:
        for number in range(5000):
            yield number

    pipeline = run_example("AUD113", kind).Pipeline()
    producer = asyncio.create_task(pipeline.produce(source()))
    await asyncio.wait([producer], timeout=0.2)
    producer.cancel()
    size: int = pipeline._queue.qsize()
    return size


def test_aud113_the_backlog_grows_with_the_input() -> None:
    assert asyncio.run(backlog("bad")) == 5000
    assert asyncio.run(backlog("good")) == 100
