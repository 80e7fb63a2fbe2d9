"""A shield that nobody waits for keeps no task."""

import asyncio


async def dropped(work):
    task = asyncio.create_task(work())  # AUD109
    asyncio.shield(task)
    return "started"


async def waited_for(work):
    task = asyncio.create_task(work())
    return await asyncio.shield(task)
