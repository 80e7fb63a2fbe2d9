"""A function that a thread has the loop run cannot wait."""

import asyncio


class Feed:
    def __init__(self, loop):
        self._loop = loop
        self._subscribers = set()

    def subscribe(self):
        queue = asyncio.Queue()
        self._subscribers.add(queue)
        return queue

    def publish(self, event):
        self._loop.call_soon_threadsafe(self._deliver, event)

    def _deliver(self, event):
        for queue in list(self._subscribers):
            queue.put_nowait(event)
