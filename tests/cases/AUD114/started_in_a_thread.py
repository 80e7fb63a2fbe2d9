"""What a thread of its own starts is started once."""

import asyncio

server = None


async def async_start(handle):
    global server
    if server is not None:
        return
    server = await asyncio.start_server(handle)


async def ensure(handle):
    global server
    if server is None:  # AUD114
        server = await asyncio.start_server(handle)
    return server
