"""The handler sees to it that the loop around it ends, or asks whether it does."""

import asyncio


class Reader:
    def __init__(self, source):
        self.source = source
        self._closing = False
        self._stopped = False

    def close(self):
        self._closing = True

    def note(self):
        self._noted = True

    async def read(self, handle):
        while not self._closing:
            try:
                handle(await self.source.read())
            except asyncio.CancelledError:
                self.close()

    async def follow(self, handle):
        while not self._stopped:
            try:
                handle(await self.source.read())
            except asyncio.CancelledError as error:
                if self._stopped:
                    print("stopped", error)
                else:
                    print("cancelled", error)

    async def go_on(self, handle):
        while not self._stopped:
            try:
                handle(await self.source.read())
            except asyncio.CancelledError:  # AUD110
                self.note()
