import asyncio
import logging
import sys

logger = logging.getLogger(__name__)


async def closes(server):
    try:
        await server.wait()
    except KeyboardInterrupt:  # AUD119
        logger.info("stopping")
        await server.close()


async def in_a_loop(server):
    while True:
        try:
            async with server:
                pass
        except KeyboardInterrupt:  # AUD119
            server.close()
            break


async def only_a_message(server):
    try:
        await server.wait()
    except KeyboardInterrupt:
        logger.info("stopped")
        sys.exit(0)


async def both(server):
    try:
        await server.wait()
    except (KeyboardInterrupt, asyncio.CancelledError):
        server.close()


async def another_handler(server):
    try:
        await server.wait()
    except asyncio.CancelledError:
        server.close()
    except KeyboardInterrupt:
        server.close()


async def finally_too(server):
    try:
        await server.wait()
    except KeyboardInterrupt:
        server.abort()
    finally:
        server.close()


async def outer_finally(server):
    try:
        try:
            await server.wait()
        except KeyboardInterrupt:
            server.abort()
    finally:
        server.close()


async def nothing_awaited(ask):
    try:
        return input()
    except KeyboardInterrupt:
        ask.close()


def plain(server):
    try:
        server.wait()
    except KeyboardInterrupt:
        server.close()
