import asyncio

import httpx
import socketio
from fastapi import FastAPI


class Service:
    def __init__(self):
        self._client = httpx.AsyncClient(timeout=5)

    async def ask(self, question):
        return (await self._client.get("https://example.org/", params={"q": question})).text


service = Service()


class Api:
    def __init__(self, app: FastAPI):
        self.sio = socketio.AsyncServer(async_mode="asgi")
        self.app = app

    def paint(self):
        asyncio.run(self.sio.emit("done"))  # AUD122
