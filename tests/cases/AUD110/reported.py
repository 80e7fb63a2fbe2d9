import asyncio
import contextlib
from asyncio import CancelledError


async def goes_on_to_wait(read, handle):
    try:
        row = await read()
    except (ValueError, CancelledError):  # AUD110
        row = None
    await handle(row)


async def bare(read):
    while True:
        try:
            await read()
        except:  # AUD110
            print("failed")


async def in_a_tuple(messages, handle):
    async for message in messages:
        try:
            await handle(message)
        except (ValueError, asyncio.CancelledError) as error:  # AUD110
            print("failed", error)


async def suppressed(read):
    while True:
        with contextlib.suppress(Exception, asyncio.CancelledError):  # AUD110
            await read()


async def inner_loop_only(read):
    while True:
        for _ in range(3):
            try:
                await read()
            except asyncio.CancelledError:  # AUD110
                continue


async def gives_up_after_some(read, retries):
    for attempt in range(retries):
        try:
            return await read()
        except BaseException:  # AUD110
            if attempt == retries - 1:
                raise
            await asyncio.sleep(1)


async def raises_others(read):
    while True:
        try:
            await read()
        except BaseException as error:  # AUD110
            if isinstance(error, (KeyboardInterrupt, SystemExit)):
                raise
            print("failed", error)


async def raises_what_fails_here(read, tell):
    while True:
        try:
            await read()
        except BaseException as error:  # AUD110
            try:
                tell(error)
            except ValueError:
                raise
