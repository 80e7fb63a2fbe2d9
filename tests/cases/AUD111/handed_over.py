"""The place is given back by who takes the result; here only where there is none."""

import asyncio


class Buffer:
    def __init__(self, size):
        self._places = asyncio.BoundedSemaphore(size)
        self._results = asyncio.Queue(size)

    async def fill(self, stream):
        while True:
            await self._places.acquire()
            try:
                value = await stream.__anext__()
            except StopAsyncIteration:
                self._places.release()
                return
            await self._results.put(value)

    async def take(self):
        value = await self._results.get()
        self._places.release()
        return value


class Leases:
    """The end of an `async with` over a deadline or a lock waits for nothing."""

    def __init__(self):
        self._serving = asyncio.Lock()
        self._changing = asyncio.Lock()

    async def lease(self, work):
        async with self._serving:
            await self._changing.acquire()
        try:
            await work()
        finally:
            self._changing.release()

    async def lease_soon(self, work):
        async with asyncio.timeout(3):
            await self._changing.acquire()
        try:
            await work()
        finally:
            self._changing.release()

    async def lease_and_send(self, session, work):
        async with session.begin():
            await self._changing.acquire()  # AUD111
        try:
            await work()
        finally:
            self._changing.release()


class Uploads:
    """Nothing of what a task runs has begun when it is made."""

    def __init__(self, holder):
        self._slots = asyncio.Semaphore(4)
        self._failed = None
        self.holder = holder

    def _raise_if_failed(self):
        if self._failed is not None:
            raise self._failed

    async def submit(self, send):
        await self._slots.acquire()
        try:
            self._raise_if_failed()
        except BaseException:
            self._slots.release()
            raise
        task = asyncio.create_task(self.holder.execute(send))

        def completed(_):
            self._slots.release()

        task.add_done_callback(completed)
        return task
