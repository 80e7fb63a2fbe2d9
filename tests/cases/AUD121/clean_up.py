"""What a task does when it is cancelled, and whether it gets to it before the closing."""

import asyncio


class Session:
    def start(self):
        self._reader = asyncio.create_task(self._read())
        self._writer = asyncio.create_task(self._write())

    async def _read(self):
        try:
            while True:
                self._seen = await self._transport.read()
        finally:
            self._state = "closed"

    async def _write(self):
        try:
            while True:
                await self._transport.write(await self._lines.get())
        finally:
            await self._say_goodbye()

    async def _say_goodbye(self):
        await self._transport.write("bye")

    async def close_reader(self):
        self._reader.cancel()
        self._transport.close()

    async def close_writer(self):
        self._writer.cancel()  # AUD121
        self._transport.close()

    async def close_in_turn(self):
        self._writer.cancel()
        await asyncio.sleep(0)
        self._transport.close()


class Server:
    def start(self):
        self._handler = asyncio.create_task(self._handle())
        self._closer = asyncio.create_task(self._close_late())

    async def _handle(self):
        while True:
            try:
                await self._lines.get()
            except ValueError as error:
                try:
                    await self._tell(error)
                finally:
                    self._transport.write(b"bye")

    async def _close_late(self):
        try:
            await asyncio.sleep(60)
        finally:
            if self._transport:
                self._transport.close()

    def stop(self):
        self._handler.cancel()
        self._closer.cancel()
        self._transport.close()


class Relay:
    def start(self, connect):
        self._reader = asyncio.create_task(self._read())
        self._keeper = asyncio.create_task(self._keep(connect))

    async def _read(self):
        while True:
            async with asyncio.timeout(30):
                print(await self._socket.recv())

    async def _keep(self, connect):
        async with connect("ws://relay") as socket:
            self._socket = socket
            await socket.wait_closed()

    async def close_reader(self):
        self._reader.cancel()
        await self._socket.close()

    async def close_keeper(self):
        self._keeper.cancel()  # AUD121
        await self._socket.close()
