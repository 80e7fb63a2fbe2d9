import asyncio


async def loop(clean, work, read):
    try:
        cleaner = asyncio.create_task(clean())
        while True:
            await work()
    finally:
        cleaner.cancel()


async def read_first(clean, read):
    try:
        cleaner = asyncio.create_task(clean(read()))
        await cleaner
    finally:
        cleaner.cancel()  # AUD306


async def elsewhere(start, work):
    try:
        cleaner = start(work)
        await cleaner
    finally:
        cleaner.cancel()  # AUD306


def outside(clean):
    try:
        cleaner = asyncio.ensure_future(clean())
        cleaner.add_done_callback(print)
    finally:
        cleaner.cancel()  # AUD306
