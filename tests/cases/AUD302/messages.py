"""Failures of the work on a client's messages, beside the end of the connection."""

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

router = APIRouter()


@router.websocket("/orders")
async def orders(socket: WebSocket):
    await socket.accept()
    try:
        while True:
            order = await socket.receive_json()
            await keep(order)
    except WebSocketDisconnect:
        pass
    except Exception:  # AUD302
        pass


@router.websocket("/ends")
async def ends(socket: WebSocket):
    await socket.accept()
    try:
        while True:
            order = await socket.receive_json()
            await keep(order)
    except Exception:
        pass


@router.websocket("/echo")
async def echo(socket: WebSocket):
    await socket.accept()
    try:
        while True:
            text = await socket.receive_text()
            await socket.send_text(text)
    except WebSocketDisconnect:
        pass
    except Exception:
        pass


@router.websocket("/guarded")
async def guarded(socket: WebSocket):
    await socket.accept()
    try:
        while True:
            order = await socket.receive_json()
            try:
                await keep(order)
            except Exception as error:
                await socket.send_json({"error": type(error).__name__})
    except WebSocketDisconnect:
        pass
    except Exception:
        pass
