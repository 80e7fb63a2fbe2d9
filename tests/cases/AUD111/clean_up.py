"""Acquired in the `try` whose `finally` releases, after other clean-up; and what cannot raise in between."""

import asyncio
import threading


class Worker:
    def __init__(self, device):
        self._slots = threading.Semaphore(2)
        self.device = device

    def process(self, item):
        try:
            self._slots.acquire()
            self.device.run(item)
        finally:
            self.device.clear()
            self._slots.release()


async def submit(semaphore: asyncio.Semaphore, executor, work):
    await semaphore.acquire()
    try:
        future = executor.submit(work)
    except BaseException:
        semaphore.release()
        raise
    loop = asyncio.get_running_loop()
    future.add_done_callback(lambda _: loop.call_soon_threadsafe(semaphore.release))
