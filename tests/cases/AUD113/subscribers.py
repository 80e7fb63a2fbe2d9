"""A publisher fills the queues of all who listen: who reads slowly has a queue that grows."""

import asyncio

from fastapi import FastAPI, WebSocket

app = FastAPI()
listeners = set()
answers = {}


class Broker:
    def __init__(self):
        self._subscribers = set()
        self._rooms = {}
        self._measured = []
        self._bounded = set()

    async def publish(self, event):
        for subscriber in list(self._subscribers):
            await subscriber.put(event)
        for queue in self._bounded:
            queue.put_nowait(event)
        for queue in self._measured:
            if queue.qsize() < 100:
                queue.put_nowait(event)

    async def tell(self, room, event):
        queues = self._rooms.get(room, [])
        for queue, loop in queues:
            loop.call_soon_threadsafe(queue.put_nowait, event)

    async def subscribe(self):
        queue: asyncio.Queue = asyncio.Queue()  # AUD113
        self._subscribers.add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._subscribers.discard(queue)

    def join(self, room):
        queue = asyncio.Queue()
        self._rooms.setdefault(room, []).append((queue, asyncio.get_running_loop()))
        return queue

    def measure(self):
        queue = asyncio.Queue()
        self._measured.append(queue)
        return queue

    def bound(self):
        queue = asyncio.Queue(maxsize=100)
        self._bounded.add(queue)
        return queue


@app.websocket("/events")
async def events(websocket: WebSocket, bus):
    await websocket.accept()
    # It ends with the request, and the bus awaits each that listens.
    queue = asyncio.Queue()

    async def take(event):
        await queue.put(event)

    bus.subscribe(take)
    while True:
        await websocket.send_json(await queue.get())


async def ask(key, send):
    answers[key] = asyncio.Queue()
    await send(key)
    return await answers.pop(key).get()


async def answered(key, answer):
    answers[key].put_nowait(answer)


class Harness:
    """The publisher is elsewhere; here it only says that nothing more comes."""

    def __init__(self):
        self._streams = set()
        self._turns = {}

    def events(self):
        queue = asyncio.Queue()
        self._streams.add(queue)
        return queue

    def turn(self, key):
        self._turns[key] = asyncio.Queue()

    async def retire(self):
        for queue in tuple(self._streams):
            queue.put_nowait(None)

    async def stop(self, ended):
        for queue in self._turns.values():
            queue.put_nowait(ended)


async def question(bus, message):
    answers_of_it = asyncio.Queue()

    async def take(answer):
        await answers_of_it.put(answer)

    await bus.subscribe(take)
    await bus.send(message)
    return await answers_of_it.get()
