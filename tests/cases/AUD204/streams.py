"""Connections of two streams: the writer has to be closed, also when an answer does not come in time."""

import asyncio
import contextlib
import json


async def ask(host, port, question):
    reader, writer = await asyncio.open_connection(host, port)  # AUD204
    writer.write(question)
    await writer.drain()
    answer = json.loads(await asyncio.wait_for(reader.readline(), 5))
    writer.close()
    return answer


async def ask_with_limit(host, port, question):
    reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port), 5)  # AUD204:45

    def send(text):
        writer.write(text.encode())

    send(question)
    await writer.drain()
    answer = await asyncio.wait_for(reader.readline(), 5)
    if not answer:
        return None
    writer.close()
    return answer


async def ask_and_close(host, port, question):
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(question)
        return await asyncio.wait_for(reader.readline(), 5)
    finally:
        writer.close()


async def ask_in_block(host, port, question):
    reader, writer = await asyncio.open_connection(host, port)
    with contextlib.closing(writer):
        writer.write(question)
        return await asyncio.wait_for(reader.readline(), 5)


async def send_only(host, port, text):
    """Where these fail the connection is lost, and closed."""
    _, writer = await asyncio.open_connection(host, port)
    writer.write(text)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def is_open(host, port):
    try:
        async with asyncio.timeout(2):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True


async def tried(host, port, times):
    writer = None
    for _ in range(times):
        try:
            _, writer = await asyncio.open_connection(host, port)
            break
        except OSError:
            await asyncio.sleep(1)
    if writer is None:
        raise ConnectionError(host)
    return writer


async def handed_on(host, port, serve):
    reader, writer = await asyncio.open_connection(host, port)
    await serve(reader, writer)


class Link:
    async def connect(self, host, port):
        self._reader, self._writer = await asyncio.open_connection(host, port)

    def callback(self, host, loop):
        async def run():
            _, writer = await asyncio.open_connection(host, 80)

            def stop():
                writer.close()

            loop.call_later(5, stop)

        return run


async def timed(path, seconds):
    """A running loop gives itself and the time without fail."""
    reader, writer = await asyncio.open_unix_connection(path)
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    try:
        writer.write(b"ask")
        return await asyncio.wait_for(reader.read(), deadline - loop.time())
    finally:
        writer.close()
