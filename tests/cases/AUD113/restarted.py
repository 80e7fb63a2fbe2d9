"""The queue that is made anew is the same one."""

import asyncio


class Restarted:
    def __init__(self):
        self._words = asyncio.Queue()  # AUD113

    def restart(self):
        self._words = asyncio.Queue()

    async def fill(self, source):
        async for word in source:
            await self._words.put(word)

    async def empty(self, say):
        while True:
            await say(await self._words.get())
