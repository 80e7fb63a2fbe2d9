"""A stand-in that does nothing else than to be deaf, and loops that work as well."""

import asyncio


async def deaf():
    while True:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            pass


async def beats(beat):
    while True:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:  # AUD110
            pass
        await beat()


async def wakes(is_over):
    while not is_over():
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:  # AUD110
            pass


async def works(work):
    while True:
        try:
            await work()
        except asyncio.CancelledError:  # AUD110
            pass
