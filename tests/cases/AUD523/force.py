"""Who is told to leave does not take the lock again."""

import asyncio
import threading


class Gateway:
    def __init__(self, socket):
        self._lock = asyncio.Lock()
        self._socket = socket

    async def receive(self, force=False):
        while True:
            message = await self._socket.receive()
            if message is None:
                if force:
                    raise RuntimeError("closed")
                await self.reconnect()
                continue
            return message

    async def reconnect(self):
        async with self._lock:
            return await self.receive(force=True)


class Waiting:
    def __init__(self, socket):
        self._lock = asyncio.Lock()
        self._socket = socket

    async def receive(self, force=False):
        while True:
            message = await self._socket.receive()
            if message is None:
                if force:
                    raise RuntimeError("closed")
                await self.reconnect()
                continue
            return message

    async def reconnect(self):
        async with self._lock:
            return await self.receive(force=False)  # AUD523


class Client:
    """It tries the lock, and goes on without."""

    def __init__(self, socket):
        self._callback_mutex = threading.Lock()
        self._socket = socket
        self._made = None

    def call(self, message):
        with self._callback_mutex:
            self.send(message)

    def send(self, message):
        if self._socket and self._callback_mutex.acquire(False):
            self._callback_mutex.release()
            self.write()

    def write(self):
        with self._callback_mutex:
            self._socket.flush()

    def forget(self):
        with self._callback_mutex:
            if self._made:
                self.made().close()

    def made(self):
        if self._made:
            return self._made
        with self._callback_mutex:
            self._made = self._socket.open()
            return self._made

    def reopen(self):
        with self._callback_mutex:
            self.made().close()  # AUD523
