import asyncio
import contextlib
import threading


class Pool:
    """What is taken here is given back by another method."""

    def __init__(self):
        self._slots = threading.Semaphore(4)
        self.connections = []

    def checkout(self):
        self._slots.acquire()
        return self.connections.pop()

    def checkin(self, connection):
        self.connections.append(connection)
        self._slots.release()


class Guard:
    def __init__(self, lock: asyncio.Lock):
        self._lock = lock

    async def __aenter__(self):
        await self._lock.acquire()
        return self

    async def __aexit__(self, *failure):
        self._lock.release()


class Runner:
    def __init__(self):
        self._slots = asyncio.Semaphore(2)
        self._tasks = set()

    async def released_by_callback(self, work):
        await self._slots.acquire()
        task = asyncio.create_task(work())
        task.add_done_callback(lambda _: self._slots.release())
        self._tasks.add(task)

    async def released_by_task(self, work):
        await self._slots.acquire()
        task = asyncio.create_task(self._run(work))
        self._tasks.add(task)

    async def _run(self, work):
        try:
            await work()
        finally:
            self._slots.release()

    async def released_by_nested_function(self, work):
        lock = asyncio.Lock()
        await lock.acquire()

        async def run():
            try:
                await work()
            finally:
                lock.release()

        self._tasks.add(asyncio.create_task(run()))

    async def passed_on(self, work):
        slots = asyncio.Semaphore(1)
        await slots.acquire()
        self._tasks.add(asyncio.create_task(work(slots)))

    def on_a_stack(self, load):
        lock = threading.Lock()
        with contextlib.ExitStack() as stack:
            lock.acquire()
            stack.callback(lock.release)
            return load()

    def in_a_manager(self, load):
        lock = threading.Lock()
        lock.acquire()
        try:
            return load()
        finally:
            lock.release()


def taken_for_the_caller(lock: threading.Lock):
    lock.acquire()


def once(lock: threading.Lock, work):
    if not lock.acquire(blocking=False):
        return
    try:
        work()
    finally:
        lock.release()


class Joined:
    def __init__(self):
        self.condition = threading.Condition()
        self.tasks = 0

    def join(self):
        self.condition.acquire()
        while self.tasks:
            self.condition.wait()
        self.condition.release()

    def join_with(self, work):
        self.condition.acquire()  # AUD112
        work(self.tasks)
        self.condition.release()


class Worker:
    """Each task gives back what the loop has taken for it."""

    def __init__(self):
        self._free = asyncio.Semaphore(10)

    def _done(self):
        self._free.release()

    async def start(self, jobs):
        for job in jobs:
            await self._free.acquire()
            if job is None:
                self._free.release()
                return
            task = asyncio.create_task(job())
            task.add_done_callback(lambda _: self._done())


async def acquire_unless_gone(semaphore: asyncio.Semaphore, gone, limit):
    """The caller has it from here on."""
    if gone is None:
        await asyncio.wait_for(semaphore.acquire(), timeout=limit)
        return
    taking = asyncio.ensure_future(semaphore.acquire())
    done, _ = await asyncio.wait({taking, gone}, timeout=limit)
    if gone in done and taking in done:
        semaphore.release()


class Network:
    def __init__(self, loop):
        self.loop = loop
        self.closed = False
        self._places = asyncio.Semaphore(8)

    async def handle(self, packet):
        await packet.handle()

    async def receive(self, packets):
        async for packet in packets:
            await self._places.acquire()
            if self.closed:
                self._places.release()
                break
            task = self.loop.create_task(self.handle(packet))
            task.add_done_callback(lambda _: self._places.release())
