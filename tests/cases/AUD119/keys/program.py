"""Who reads the keys."""

from keyboard import Keyboard


class Program:
    def __init__(self, queue, screen):
        self.keyboard = Keyboard(queue)
        self.screen = screen

    async def reads_a_line(self):
        try:
            return await self.keyboard.line()
        except KeyboardInterrupt:
            self.screen.clear()

    async def reads_a_key(self):
        try:
            return await self.keyboard.key()
        except KeyboardInterrupt:  # AUD119
            self.screen.clear()
