from abc import ABC


class Factor(ABC):
    def __init__(self, name):
        self.name = name


class Closing(Factor):
    async def end(self):
        await self._session.aclose()


class Sweeping(Factor):
    async def end(self):
        for value in vars(self).values():
            await value.aclose()
