"""A handler of cancellations alone tells others, and the coroutine ends."""

import asyncio


async def answer(request, handle, complete):
    try:
        answer = await handle(request)
    except asyncio.CancelledError:
        answer = None
    await complete(answer)


async def answer_anything(request, handle, complete):
    try:
        answer = await handle(request)
    except (asyncio.CancelledError, ValueError):  # AUD110
        answer = None
    await complete(answer)


async def answer_all(requests, handle, complete):
    for request in requests:
        try:
            answer = await handle(request)
        except asyncio.CancelledError:  # AUD110
            answer = None
        await complete(answer)


async def ask_on(prompt, handle):
    while True:
        try:
            await handle(await prompt())
        except (KeyboardInterrupt, asyncio.CancelledError):
            continue
