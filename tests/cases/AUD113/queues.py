import asyncio
import queue

SIZE = 50
events = queue.Queue()  # AUD113
bounded = queue.Queue(SIZE)
filled_once = queue.Queue()


def read(device):
    while True:
        events.put(device.read())
        bounded.put(device.read())


def write(store):
    while True:
        store(events.get())
        store(bounded.get())
        store(filled_once.get())


def start(urls):
    for url in urls:
        filled_once.put(url)


class Feed:
    def __init__(self, size):
        self.items = asyncio.Queue(maxsize=0)  # AUD113
        self.sized = asyncio.Queue(size)
        self.pushed: asyncio.Queue[str] = asyncio.Queue()
        self.kept = asyncio.Queue()

    async def listen(self, source):
        while True:
            await self.items.put(await source.next())
            await self.sized.put(await source.next())

    def on_message(self, message):
        self.pushed.put_nowait(message)

    async def handle(self):
        while True:
            print(await self.items.get(), await self.sized.get(), await self.pushed.get())

    async def echo(self, source):
        async for item in source:
            await self.kept.put(item)
            print(await self.kept.get())


class Other:
    def __init__(self):
        self.items = asyncio.Queue()

    async def one(self):
        return await self.items.get()


async def request(source):
    results = asyncio.Queue()

    async def produce():
        async for item in source:
            await results.put(item)

    producer = asyncio.create_task(produce())
    while not producer.done():
        yield await results.get()
