"""A flag that says whether it is still for the function to release the lock."""

import asyncio


class Room:
    def __init__(self):
        self._lock = asyncio.Lock()

    async def load(self, content, finish):
        await self._lock.acquire()
        ours = True
        try:
            if len(content) > 1000:
                ours = False
                self._task = asyncio.create_task(finish(content))
                await asyncio.sleep(1)
                return
            await finish(content)
        finally:
            if ours:
                self._lock.release()
