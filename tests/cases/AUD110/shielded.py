"""What stands under a shield is meant to go on."""

import asyncio

import anyio


async def close(stream, connection, log):
    with anyio.CancelScope(shield=True):
        try:
            await stream.abort()
        except (asyncio.CancelledError, Exception):
            log.exception("not aborted")
        await connection.aclose()


async def read_in_the_open(stream, connection, log):
    with anyio.CancelScope():
        try:
            await stream.receive()
        except (asyncio.CancelledError, Exception):  # AUD110
            log.exception("not received")
        await connection.receive()
