"""Two cancelled tasks that are awaited in one block: the first await leaves it."""

import asyncio
import contextlib


class Worker:
    def __init__(self, receive, schedule):
        self.receiver = asyncio.create_task(receive())
        self.scheduler = asyncio.create_task(schedule())

    async def stop(self):
        self.receiver.cancel()
        self.scheduler.cancel()  # AUD121
        with contextlib.suppress(asyncio.CancelledError):
            await self.receiver
            await self.scheduler

    async def stop_each(self):
        self.receiver.cancel()
        self.scheduler.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.receiver
        with contextlib.suppress(asyncio.CancelledError):
            await self.scheduler

    async def stop_together(self):
        self.receiver.cancel()
        self.scheduler.cancel()
        await asyncio.gather(self.receiver, self.scheduler, return_exceptions=True)

    async def finish(self):
        self.scheduler.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.receiver
            await self.scheduler
