"""Waiting for a task through every cancellation, and coroutines that nobody can cancel."""

import asyncio
from contextlib import suppress


async def drain(task: asyncio.Task):
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            continue
    return task.exception()


async def drain_quietly(task: asyncio.Task):
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait({task})
    return task.exception()


def connect_all(toolkits):
    async def connect_and_release():
        failed = []
        for toolkit in toolkits:
            try:
                await toolkit.connect()
            except BaseException as error:
                failed.append(error)
            await toolkit.release()
        return failed

    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(connect_and_release())
    finally:
        loop.close()


def poll_all(toolkits, spawn):
    async def poll():
        for toolkit in toolkits:
            try:
                await toolkit.connect()
            except BaseException as error:  # AUD110
                print(error)
            await toolkit.release()

    spawn(poll())


async def goes_on(task: asyncio.Task, queue: asyncio.Queue):
    while not task.done():
        try:
            await queue.get()
        except asyncio.CancelledError:  # AUD110
            print("interrupted")
        await asyncio.sleep(1)
