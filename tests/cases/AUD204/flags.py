"""A flag tells whether the client was given or made here."""

import aiohttp


async def read(url, session=None):
    is_given = session is not None
    if session is None:
        session = aiohttp.ClientSession()
    try:
        async with session.get(url) as response:
            return await response.text()
    finally:
        if not is_given:
            await session.close()


async def read_own(url, session=None):
    is_own = session is None
    if is_own:
        session = aiohttp.ClientSession()
    try:
        async with session.get(url) as response:
            return await response.text()
    finally:
        if is_own:
            await session.close()


async def read_other_way(url, session=None):
    is_given = session is not None
    if session is None:
        session = aiohttp.ClientSession()  # AUD204
    try:
        async with session.get(url) as response:
            return await response.text()
    finally:
        if is_given:
            await session.close()
