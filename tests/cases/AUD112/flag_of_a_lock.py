"""A flag says whether the handler has to release, and there may be no lock at all."""

import queue
import threading

import anyio


class Swarm:
    def __init__(self):
        self._slots = anyio.Semaphore(4)

    async def open(self, peer):
        held = False
        if self._slots is not None:
            await self._slots.acquire()
            held = True
        try:
            if not peer.connections:
                raise LookupError(peer)
            return await peer.dial()
        except BaseException:
            if held and self._slots is not None:
                self._slots.release()
            raise


class Inbox:
    """Nothing fails between the two."""

    def __init__(self):
        self._lock = threading.Lock()
        self.messages = queue.Queue()

    def receive(self, message):
        self._lock.acquire()
        self.messages.put(message)
        self._lock.release()


class Shared:
    """The first takes the place, the last gives it back."""

    def __init__(self):
        self._places = anyio.Semaphore(4)
        self._users = 0

    async def use(self, work):
        if self._users == 0:
            await self._places.acquire()
        self._users += 1
        try:
            return await work()
        finally:
            self._users -= 1
            if self._users == 0:
                self._places.release()
