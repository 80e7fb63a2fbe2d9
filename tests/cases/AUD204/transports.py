"""Connections that are ended below their streams."""

import asyncio


async def certificate(host: str) -> bytes:
    writer = None
    try:
        async with asyncio.timeout(3):
            _, writer = await asyncio.open_connection(host, 443, ssl=True)
        return writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    except (OSError, ValueError) as error:
        raise RuntimeError("unreachable") from error
    finally:
        if writer is not None:
            writer.transport.abort()


async def greeting(host: str) -> bytes:
    reader, writer = await asyncio.open_connection(host, 25)  # AUD204
    line = await asyncio.wait_for(reader.readline(), 3)
    if not line.startswith(b"220"):
        raise RuntimeError("refused")
    writer.close()
    return line
