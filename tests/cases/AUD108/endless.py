"""A loop that runs a coroutine without an end lasts as long as its thread."""

import asyncio


class Manager:
    async def serve(self):
        while True:
            await asyncio.sleep(1)

    async def warm_up(self):
        await asyncio.sleep(1)


def serve_process(manager: Manager):
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(manager.serve())


def warm_up_thread(manager: Manager):
    loop = asyncio.new_event_loop()  # AUD108
    asyncio.set_event_loop(loop)
    loop.run_until_complete(manager.warm_up())


def run_job(job, key):
    loop = asyncio.new_event_loop()
    started = asyncio.Event()
    try:
        loop.run_until_complete(job(key, started))
    finally:
        loop.close()
