"""Messages of WebSockets that are JSON."""

import asyncio
import json
import logging

from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from pydantic import BaseModel

app = FastAPI()
log = logging.getLogger(__name__)


class Message(BaseModel):
    room: str


@app.websocket("/json")
async def as_json(socket: WebSocket):
    await socket.accept()
    while True:
        message = await socket.receive_json()
        await socket.send_text(message["room"])  # AUD611


@app.websocket("/text")
async def as_text(socket: WebSocket):
    await socket.accept()
    try:
        while True:
            text = await socket.receive_text()
            message = json.loads(text)
            kind = message.get("kind", "say")
            if kind == "say":
                await socket.send_text(message["text"])  # AUD611
    except WebSocketDisconnect:
        log.info("gone")


async def in_time(socket: WebSocket):
    message = json.loads(await asyncio.wait_for(socket.receive_text(), 30))
    return int(message.get("count"))  # AUD611


# -- silent ------------------------------------------------------------------------------------------------


@app.websocket("/caught")
async def caught(socket: WebSocket):
    await socket.accept()
    while True:
        try:
            message = await socket.receive_json()
            await socket.send_text(message["room"])
        except (KeyError, ValueError) as error:
            await socket.send_text(f"no message: {error}")


@app.websocket("/asked")
async def asked(socket: WebSocket):
    message = await socket.receive_json()  # AUD611
    if "room" not in message:
        await socket.close(1008)
        return
    await socket.send_text(message["room"])


@app.websocket("/model")
async def model(socket: WebSocket):
    message = Message.model_validate(await socket.receive_json())  # AUD611
    await socket.send_text(message.room)


@app.websocket("/only-get")
async def only_get(socket: WebSocket):
    message = await socket.receive_json()  # AUD611
    await socket.send_text(message.get("room") or "none")


async def of_file(path: str):
    with open(path) as file:
        message = json.loads(file.read())
    return message["room"]
