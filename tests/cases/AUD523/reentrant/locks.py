"""A lock that its holder may take again."""

import asyncio


class TaskRLock(asyncio.Lock):
    def __init__(self):
        super().__init__()
        self.owner = None
        self.count = 0

    async def acquire(self):
        if self.owner is not asyncio.current_task():
            await super().acquire()
            self.owner = asyncio.current_task()
        self.count += 1
        return True
