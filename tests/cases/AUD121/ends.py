import asyncio
import contextlib


class Base:
    def __init__(self, client, registry):
        self._client = client
        self._registry = registry
        self._task = None

    def start(self):
        self._task = asyncio.create_task(self._run())

    async def _run(self):
        while True:
            await self._step()

    async def _step(self):
        await self._client.poll()


class ClosesThroughMethods(Base):
    def start(self):
        self._worker = asyncio.create_task(self._work())

    async def _work(self):
        try:
            await self._inner()
        finally:
            await self._pool.put(None)

    async def _inner(self):
        await self._pool.get()

    async def close(self):
        if self._worker is not None:
            self._worker.cancel()  # AUD121
            self._worker = None
        await self._pool.close()


class Suppressed:
    def start(self):
        self._worker = asyncio.create_task(self._work())

    async def _work(self):
        await self._pool.get()

    async def close(self):
        self._worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._worker
        await self._pool.close()


class Renamed:
    def start(self):
        self._worker = asyncio.create_task(self._work())

    async def _work(self):
        await self._pool.get()

    async def close(self):
        task = self._worker
        self._worker.cancel()
        await asyncio.wait([task])
        await self._pool.close()


class ClosesAnotherThing:
    def start(self):
        self._worker = asyncio.create_task(self._work())

    async def _work(self):
        await self._pool.get()

    async def close(self):
        self._worker.cancel()
        await self._other.close()


class ClosesBefore:
    def start(self):
        self._worker = asyncio.create_task(self._work())

    async def _work(self):
        await self._pool.get()

    async def close(self):
        await self._pool.close()
        self._worker.cancel()


async def local(client):
    task = asyncio.create_task(poll(client))
    try:
        await client.work()
    finally:
        task.cancel()  # AUD121
        await client.close()


async def local_awaited(client):
    task = asyncio.create_task(poll(client))
    try:
        await client.work()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await client.close()


async def poll(client):
    try:
        while True:
            await client.poll()
    finally:
        await client.send("bye")


class Forgotten:
    def start(self):
        self._beats = asyncio.create_task(self._beat())  # AUD121
        self._noted = asyncio.create_task(self._note())

    async def _beat(self):
        while True:
            await asyncio.sleep(1)
            self.count()

    async def _note(self):
        while self._running:
            await asyncio.sleep(1)

    async def stop(self):
        self._running = False


class Flagged:
    def start(self):
        self._beats = asyncio.create_task(self._beat())

    async def _beat(self):
        while True:
            await self._wake.wait()

    async def stop(self):
        self._wake.set()


class NoStop:
    def start(self):
        self._beats = asyncio.create_task(self._beat())

    async def _beat(self):
        while True:
            await asyncio.sleep(1)


async def awaited_at_last(client):
    task = asyncio.create_task(poll(client))
    try:
        await client.work()
    except TimeoutError:
        task.cancel()
        await client.close()
    finally:
        await asyncio.wait([task])


class Asking:
    """What ends it asks for the task by name."""

    def __init__(self, client):
        self._client = client
        self._asking_task = asyncio.create_task(self._ask())

    async def _ask(self):
        while True:
            await self._client.ask()

    def close(self):
        task = getattr(self, "_asking_task", None)
        if task is not None:
            task.cancel()
