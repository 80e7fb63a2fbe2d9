"""Where no loop runs, each call makes one and leaves it; where one runs, it is somebody else's."""

import asyncio


def wait_for(coroutine):
    try:
        loop = asyncio.get_running_loop()
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result()
    except RuntimeError:
        loop = asyncio.new_event_loop()  # AUD108
        asyncio.set_event_loop(loop)
        return loop.run_until_complete(coroutine)


def wait_with_its_own(coroutine):
    try:
        loop = asyncio.get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
    return loop.run_until_complete(coroutine)
