"""A stop method that cancels the endless task and forgets it."""

import asyncio


class Sockets:
    def __init__(self):
        self._task = None

    def start(self):
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._check())

    def stop(self):
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _check(self):
        while True:
            await asyncio.sleep(60)
            print("checked")
