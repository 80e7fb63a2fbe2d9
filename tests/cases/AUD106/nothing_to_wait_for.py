"""Waits that take no time: the caller has looked first, or the call only looks."""

import asyncio
import concurrent.futures
import queue
import select
import threading


class Results:
    def __init__(self, condition):
        self.queue = queue.Queue()
        self.condition = condition

    def take(self):
        result = self.queue.get()
        return result

    async def after_a_look(self):
        while self.queue.empty():
            async with self.condition:
                await self.condition.wait()
        return self.take()

    async def without_a_look(self):
        return self.take()  # AUD106


def is_readable(connection):
    return bool(select.select([connection], [], [], 0)[0])


def becomes_readable(connection):
    return bool(select.select([connection], [], [], 5)[0])


async def looks(connection):
    return is_readable(connection)


async def waits(connection):
    return becomes_readable(connection)  # AUD106


class Job:
    def __init__(self, future: concurrent.futures.Future):
        self._future = future

    @property
    def done(self):
        return self._future.done()

    async def wait(self):
        while not self.done:
            await asyncio.sleep(0.1)
        return self._future.exception()

    async def wait_at_once(self):
        return self._future.exception()  # AUD106


async def drained(messages: queue.Queue):
    while True:
        if messages.qsize() == 0:
            await asyncio.sleep(0.1)
            continue
        print(messages.get())


async def told_when_done(pool: concurrent.futures.ThreadPoolExecutor, work):
    is_done = asyncio.Event()
    loop = asyncio.get_running_loop()
    future = pool.submit(work)
    future.add_done_callback(lambda _: loop.call_soon_threadsafe(is_done.set))
    await is_done.wait()
    return future.result()


class Loader:
    def __init__(self, pool: concurrent.futures.ThreadPoolExecutor):
        self.model = pool.submit(dict).result()

    def load(self, pool: concurrent.futures.ThreadPoolExecutor):
        self.model = pool.submit(dict).result()


async def made_once(pool):
    return Loader(pool)


async def made_anew(loader: Loader, pool):
    loader.load(pool)  # AUD106


class Reader:
    def __init__(self, file, pool: concurrent.futures.ThreadPoolExecutor):
        self.file = file
        self.pool = pool

    def read(self):
        if self.file.is_text:
            return self.file.read()
        if self.file.is_remote:
            if self.file.is_big:
                return self.pool.submit(self.file.read).result()
        return self.file.read()


async def mostly_at_hand(reader: Reader):
    return reader.read()


async def looks_for_a_second(connection):
    return select.select([connection], [], [], 1.0)  # AUD106


class Publisher:
    def __init__(self):
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._publish)

    def _publish(self):
        while not self._stopped.wait(1):
            pass

    async def close(self):
        """The thread ends with the object."""
        self._stopped.set()
        self._thread.join(timeout=5)

    async def publish_all(self):
        self._thread.join()  # AUD106
