import asyncio


class Board:
    def __init__(self, loop):
        self._loop = loop
        self._listeners = set()
        self._others = set()

    def listen(self):
        queue = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def publish(self, event):
        for queue in self._listeners:
            self._loop.call_soon_threadsafe(queue.put_nowait, event)

    def hear(self):
        queue = asyncio.Queue()  # AUD113
        self._others.add(queue)
        return queue

    def tell(self, event):
        for queue in self._others:
            queue.put_nowait(event)
