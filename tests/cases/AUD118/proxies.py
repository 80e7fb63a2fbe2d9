"""Quart's socket of the request, and events that the objects of this module keep."""

import asyncio

from quart import Blueprint, Quart, websocket

app = Quart(__name__)
logs = Blueprint("logs", __name__)
waiting = {}


class Question:
    def __init__(self):
        self.answered = asyncio.Event()
        self.text = ""


@logs.websocket("/logs")
async def show(authorise):
    token = await websocket.receive()  # AUD118
    authorise(token)
    while True:
        authorise(await websocket.receive())


@app.get("/answer")
async def answer(key):
    question = waiting.get(key)
    await question.answered.wait()  # AUD118
    return question.text


@app.get("/answer/soon")
async def answer_soon(key):
    question = waiting.get(key)
    await asyncio.wait_for(question.answered.wait(), 10)
    return question.text


@app.get("/idle")
async def idle(key):
    await waiting[key].answered.wait()
