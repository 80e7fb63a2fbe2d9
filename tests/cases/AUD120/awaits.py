import asyncio
import multiprocessing
import threading


class Cache:
    def __init__(self):
        self._lock = threading.Lock()
        self._again = threading.RLock()
        self._async_lock = asyncio.Lock()
        self._slots = threading.Semaphore(2)
        self.entries = {}

    async def load(self, key, read):
        with self._lock:  # AUD120
            if key not in self.entries:
                self.entries[key] = await read(key)
            return self.entries[key]

    async def reentrant(self, read):
        with self._again:  # AUD120
            async for key in read():
                self.entries[key] = True

    async def inner(self, client):
        with self._lock:  # AUD120
            async with client.get("/") as answer:
                self.entries["/"] = answer

    async def asynchronous(self, key, read):
        async with self._async_lock:
            self.entries[key] = await read(key)

    async def no_await_inside(self, key, read):
        value = await read(key)
        with self._lock:
            self.entries[key] = value

    async def only_made_there(self, read):
        with self._lock:

            async def later():
                await read()

            self.entries["later"] = later

    def plain(self):
        with self._lock:
            return dict(self.entries)


async def between_processes(send):
    lock = multiprocessing.Lock()
    with lock:  # AUD120
        await send()


async def not_a_lock(lock, send):
    with lock.transaction():
        await send()


async def collect(sources):
    results = asyncio.Queue()
    bounded = asyncio.Queue(4)
    guard = threading.Lock()

    async def one(source):
        async for result in source:
            with guard:
                await results.put(result)

    async def one_bounded(source):
        async for result in source:
            with guard:  # AUD120
                await bounded.put(result)

    await asyncio.gather(*(one(source) for source in sources), *(one_bounded(source) for source in sources))
    return results


class Entries:
    def __init__(self):
        self._lock = threading.RLock()
        self._entries = {}

    async def discard(self, key):
        with self._lock:
            self._entries.pop(key, None)

    async def write(self, key):
        raise NotImplementedError

    async def save(self, key):
        await asyncio.sleep(0)

    async def delete(self, key):
        with self._lock:
            await self.discard(key)

    async def delete_everywhere(self, key):
        with self._lock:  # AUD120
            await self.discard(key)
            await self.save(key)

    async def written_by_subclasses(self, key):
        with self._lock:  # AUD120
            await self.write(key)
