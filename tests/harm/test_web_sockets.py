"""Proofs of the rules about web sockets: one client that is gone, and what the others get."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.harm.proof import run_example


async def connected(send: Callable[[Any], Awaitable[None]]) -> WebSocket:
    """A web socket of Starlette whose server sends by `send`."""

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def accepting(message: Any) -> None:
        if message["type"] != "websocket.accept":
            await send(message)

    socket = WebSocket({"type": "websocket", "path": "/", "headers": []}, receive, accepting)
    await socket.accept()
    return socket


async def gone(message: Any) -> None:
    raise OSError("the client is gone")


def test_aud609_one_dead_client_silences_the_others() -> None:
    told: list[str] = []

    async def sending(message: Any) -> None:
        told.append(message["text"])

    async def tell(kind: str) -> None:
        example = run_example("AUD609", kind)
        sockets = [await connected(gone), await connected(sending)]
        for socket in sockets:
            example.sockets.append(socket) if kind == "bad" else example.sockets.add(socket)
        await example.broadcast(kind)

    with pytest.raises(WebSocketDisconnect):
        asyncio.run(tell("bad"))
    asyncio.run(tell("good"))
    assert told == ["good"]


def test_aud609_a_client_who_joins_ends_the_loop() -> None:
    async def play() -> None:
        room = run_example("AUD609", "bad", 1).Room()

        async def slow(message: Any) -> None:
            await asyncio.sleep(0.01)

        room.join("a", await connected(slow))
        telling = asyncio.ensure_future(room.tell("hello"))
        await asyncio.sleep(0)
        room.join("b", await connected(slow))
        await telling

    with pytest.raises(RuntimeError, match="dictionary changed size during iteration"):
        asyncio.run(play())


@pytest.mark.parametrize(("kind", "number", "left"), [("bad", 2, 1), ("good", 0, 0)])
def test_aud609_a_client_goes_away(kind: str, number: int, left: int) -> None:
    example = run_example("AUD609", kind, number)
    with TestClient(example.app) as client:
        try:
            with client.websocket_connect("/chat") as socket:
                socket.send_text("hello")
        except WebSocketDisconnect:
            # Nobody handles it in the bad example: the server's own code sees it.
            assert kind == "bad"
    assert len(example.sockets) == left
