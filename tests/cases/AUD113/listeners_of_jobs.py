"""Listeners of one job, of which as much is told as it has steps, and of what goes on for ever."""

import asyncio

_listeners = {}
_rooms = {}


async def follow(job_id):
    queue = asyncio.Queue()
    _listeners.setdefault(job_id, []).append(queue)
    while True:
        yield await queue.get()


async def tell(job_id, state):
    for queue in _listeners.get(job_id, []):
        await queue.put(state)


async def listen(room):
    queue = asyncio.Queue()  # AUD113
    _rooms.setdefault(room, []).append(queue)
    while True:
        yield await queue.get()


async def say(room, text):
    for queue in _rooms.get(room, []):
        await queue.put(text)
