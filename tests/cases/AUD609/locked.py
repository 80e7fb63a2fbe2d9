"""Whoever changes the sockets waits for the lock that the loop holds."""

import asyncio

from fastapi import WebSocket


class Clients:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.sockets: set[WebSocket] = set()
        self.others: set[WebSocket] = set()

    async def join(self, socket: WebSocket) -> None:
        async with self.lock:
            self.sockets.add(socket)
        self.others.add(socket)

    async def leave(self, socket: WebSocket) -> None:
        async with self.lock:
            self.sockets.discard(socket)
        self.others.discard(socket)

    async def tell(self, text: str) -> None:
        async with self.lock:
            for socket in self.sockets:
                try:
                    await socket.send_text(text)
                except RuntimeError:
                    print("gone")

    async def tell_others(self, text: str) -> None:
        async with self.lock:
            for socket in self.others:  # AUD609
                try:
                    await socket.send_text(text)
                except RuntimeError:
                    print("gone")
