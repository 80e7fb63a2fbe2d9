import asyncio
import logging
import threading
import time

logger = logging.getLogger(__name__)


class Service:
    def __init__(self, client):
        self._lock = asyncio.Lock()
        self._slots = asyncio.Semaphore(3)
        self._thread_lock = threading.Lock()
        self.client = client
        self.count = 0

    async def only_quiet_calls_between(self):
        await self._lock.acquire()
        started = time.monotonic()
        logger.info("taken after %s", len(self.client.name))
        try:
            return await self.client.read()
        finally:
            self._lock.release()
            logger.info("took %s", time.monotonic() - started)

    async def counts_between(self):
        await self._slots.acquire()
        self.count += 1
        try:
            return await self.client.read()
        finally:
            self.count -= 1
            self._slots.release()

    async def returns_inside_try(self, names):
        await self._lock.acquire()
        try:
            if not names:
                return None
            return await self.client.read()
        finally:
            self._lock.release()

    async def gives_up_before_it_is_held(self):
        try:
            await asyncio.wait_for(self._slots.acquire(), timeout=1)
        except TimeoutError:
            return None
        try:
            return await self.client.read()
        finally:
            self._slots.release()

    def does_not_get_it(self):
        if not self._thread_lock.acquire(timeout=1):
            return None
        try:
            return self.client.load()
        finally:
            self._thread_lock.release()

    def got(self):
        got = self._thread_lock.acquire(timeout=1)
        try:
            return self.client.load()
        finally:
            if got:
                self._thread_lock.release()

    async def catches_everything(self):
        await self._lock.acquire()
        try:
            rows = await self.client.read()
        except BaseException:
            self._lock.release()
            raise
        self._lock.release()
        return rows

    async def catches_cancellation_too(self):
        await self._lock.acquire()
        try:
            rows = await self.client.read()
        except (Exception, asyncio.CancelledError):
            self._lock.release()
            raise
        self._lock.release()
        return rows

    def project_call_between(self):
        self._thread_lock.acquire()  # AUD111
        self.prepare()
        try:
            return self.client.load()
        finally:
            self._thread_lock.release()

    def prepare(self):
        raise ValueError

    async def handler_of_exceptions_only(self, queue, tasks):
        while True:
            await self._slots.acquire()  # AUD111
            try:
                job = await queue.get()
                tasks.add(asyncio.create_task(self._run(job)))
            except Exception:
                self._slots.release()
                raise

    async def _run(self, job):
        try:
            await job()
        finally:
            self._slots.release()


class Slots:
    def __init__(self):
        self._lock = threading.Lock()
        self._slots = threading.Semaphore(3)
        self._taken = 0

    def _count(self):
        with self._lock:
            self._taken += 1
        logger.debug("%d slots are taken", self._taken)

    def use(self, work):
        self._slots.acquire()
        self._count()
        try:
            return work()
        finally:
            self._slots.release()
