"""What a function receives from a socket that it has just accepted is the first message."""

import asyncio

from fastapi import WebSocket


class Conversations:
    def __init__(self, start):
        self._start = start

    async def converse(self, websocket: WebSocket):
        await websocket.accept()
        first = await websocket.receive_json()  # AUD118
        await self._start(websocket, first)

    async def converse_soon(self, websocket: WebSocket):
        await websocket.accept()
        first = await asyncio.wait_for(websocket.receive_json(), 10)
        await self._start(websocket, first)

    async def go_on(self, websocket: WebSocket):
        message = await websocket.receive_json()
        await self._start(websocket, message)

    async def relay(self, websocket: WebSocket, store):
        await websocket.accept()
        while True:
            store(await websocket.receive_json())
