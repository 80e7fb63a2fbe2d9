"""A connection answers pings beside the coroutine that reads from it."""

import asyncio
from pathlib import Path

from websockets.asyncio.client import connect


async def listen(address, folder: Path):
    async with connect(address) as connection:
        async for message in connection:
            (folder / "message").write_text(message)  # AUD104


def begin_listening(address, folder: Path):
    asyncio.run(listen(address, folder))
