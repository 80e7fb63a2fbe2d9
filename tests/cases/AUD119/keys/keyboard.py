"""A terminal in raw mode: Ctrl-C comes as a key."""


class Keyboard:
    def __init__(self, queue):
        self.queue = queue

    async def line(self):
        key = await self.queue.get()
        if key == "\x03":
            raise KeyboardInterrupt
        return key

    async def key(self):
        return await self.queue.get()
