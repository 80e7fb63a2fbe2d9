"""Coroutines that only tasks of a queue run, each in a loop that the task makes for it."""

import asyncio
import time

from celery import Celery

queue = Celery("records")


class Measuring:
    async def measure(self):
        time.sleep(1)
        return {}

    async def measure_all(self):
        time.sleep(1)  # AUD101
        return {}

    async def measure_both(self):
        one = asyncio.create_task(self.measure_all())
        time.sleep(1)  # AUD101
        return await one

    async def measure_shared(self):
        time.sleep(1)  # AUD101
        return {}


@queue.task
def measure():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(Measuring().measure())
    finally:
        loop.close()


@queue.task
def measure_both():
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(Measuring().measure_both())
    finally:
        loop.close()


def measure_on(loop):
    return loop.run_until_complete(Measuring().measure_shared())
