"""What a coroutine that is being cancelled does before it goes on to end cannot be awaited."""

import asyncio
import time


def stop_process(process):
    process.terminate()
    time.sleep(1)
    process.kill()


async def ended(process, wait):
    try:
        await wait()
    except asyncio.CancelledError:
        stop_process(process)
        raise


async def gone_on(process, wait):
    try:
        await wait()
    except TimeoutError:
        stop_process(process)  # AUD101
        raise


async def answered(process, wait):
    try:
        await wait()
    except asyncio.CancelledError:
        stop_process(process)  # AUD101
        return None
