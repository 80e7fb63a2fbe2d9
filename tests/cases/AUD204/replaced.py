"""A client that is made anew where the one before was found closed."""

import logging

import aiohttp


async def listen(url, is_stopping):
    session = None
    try:
        while not is_stopping():
            try:
                if session is None or session.closed:
                    session = aiohttp.ClientSession()
                async with session.ws_connect(url) as socket:
                    await socket.receive()
            except aiohttp.ClientError:
                logging.exception("connection lost")
    finally:
        if session is not None:
            await session.close()


async def listen_anew(url, is_stopping):
    session = None
    try:
        while not is_stopping():
            try:
                if session is None or session.headers:
                    session = aiohttp.ClientSession()  # AUD204
                async with session.ws_connect(url) as socket:
                    await socket.receive()
            except aiohttp.ClientError:
                logging.exception("connection lost")
    finally:
        if session is not None:
            await session.close()
