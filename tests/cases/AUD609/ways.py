"""Loops over web sockets, and sockets that are put away."""

import asyncio
import contextlib

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

router = APIRouter()


class Hub:
    def __init__(self):
        self.sockets: list[WebSocket] = []
        self.rooms: dict[str, set[WebSocket]] = {}
        self.by_name = {}
        self.names: list[str] = []

    async def connect(self, name: str, room: str, socket: WebSocket):
        await socket.accept()
        self.sockets.append(socket)
        self.rooms.setdefault(room, set()).add(socket)
        self.by_name[name] = socket

    def disconnect(self, name: str, room: str, socket: WebSocket):
        self.sockets.remove(socket)
        self.rooms[room].discard(socket)
        self.by_name.pop(name, None)

    async def tell_all(self, text: str):
        for socket in self.sockets:
            await socket.send_text(text)  # AUD609

    async def tell_all_but(self, text: str, sender: WebSocket):
        try:
            for socket in self.sockets[:]:
                if socket is not sender:
                    await socket.send_text(text)  # AUD609
        except WebSocketDisconnect:
            print("one is gone")

    async def tell_named(self, text: str):
        for name, socket in self.by_name.items():
            await socket.send_json({name: text})  # AUD609
            await socket.send_json({name: "end"})

    async def tell_room(self, room: str, data: bytes):
        for socket in self.rooms.get(room, set()):
            await socket.send_bytes(data)  # AUD609

    async def tell_room_by_name(self, room: str, text: str):
        sockets = self.rooms.get(room)
        if sockets is None:
            return
        for socket in list(sockets):
            await socket.send_text(text)  # AUD609

    async def guarded_room(self, room: str, text: str):
        for socket in self.rooms[room]:  # AUD609
            try:
                await socket.send_text(text)
            except RuntimeError:
                print("gone")

    async def guarded_list(self, text: str):
        for socket in self.sockets:  # AUD609
            with contextlib.suppress(RuntimeError):
                await socket.send_text(text)

    # -- good ------------------------------------------------------------------------------------------------

    async def over_a_copy(self, text: str):
        for socket in list(self.by_name.values()):
            try:
                await socket.send_text(text)
            except (WebSocketDisconnect, RuntimeError):
                print("gone")

    async def over_a_copied_room(self, room: str, text: str):
        for socket in self.rooms.get(room, set()).copy():
            try:
                await socket.send_text(text)
            except (WebSocketDisconnect, RuntimeError):
                self.rooms[room].discard(socket)

    async def at_once(self, text: str):
        await asyncio.gather(*(socket.send_text(text) for socket in self.sockets), return_exceptions=True)

    async def to_the_first(self, text: str, wanted):
        for socket in self.sockets:
            if wanted(socket):
                await socket.send_text(text)
                break

    async def to_one(self, name: str, text: str):
        await self.by_name[name].send_text(text)

    async def many_texts_to_one(self, socket: WebSocket):
        for name in self.names:
            await socket.send_text(name)


class OnlyGrowing:
    """A list that only grows: who comes during the loop is told too."""

    def __init__(self):
        self.watchers: list[WebSocket] = []

    def watch(self, socket: WebSocket):
        self.watchers.append(socket)

    async def tell(self, text: str):
        for socket in self.watchers:
            try:
                await socket.send_text(text)
            except RuntimeError:
                print("gone")


class Telegram:
    """A bot has a method of the same name."""

    def __init__(self, bots):
        self.bots = bots

    async def tell(self, text: str):
        for bot in self.bots:
            await bot.send_text(text)


watchers: set[WebSocket] = set()


@router.websocket("/left")
async def left(socket: WebSocket):
    await socket.accept()
    watchers.add(socket)  # AUD609
    while True:
        text = await socket.receive_text()
        if text == "bye":
            watchers.discard(socket)
            return


listeners: set[WebSocket] = set()


@router.websocket("/finally")
async def removed_in_finally(socket: WebSocket):
    await socket.accept()
    listeners.add(socket)
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        pass
    finally:
        listeners.discard(socket)


readers: set[WebSocket] = set()


@router.websocket("/iterated")
async def iterated(socket: WebSocket):
    """The loop ends at a disconnection, and the line after it runs."""
    await socket.accept()
    readers.add(socket)
    async for text in socket.iter_text():
        print(text)
    readers.discard(socket)
