import json
from dataclasses import dataclass


@dataclass
class Result:
    ok: bool
    error: str | None = None

    @classmethod
    def fail(cls, error):
        return cls(ok=False, error=error)


class Orders:
    def __init__(self, store):
        self.store = store

    async def add(self, order):
        try:
            await self.store.insert(order)
        except Exception as error:
            return Result.fail(str(error))  # AUD308
        return Result(ok=True)

    async def rows(self, number):
        try:
            async for row in self.store.find(number):
                yield {"row": row}
        except Exception as error:
            yield {"error": str(error)}  # AUD308

    async def told(self, number):
        try:
            async for row in self.store.find(number):
                yield {"row": row}
        except Exception as error:
            yield {"error": str(error)}  # AUD308

    async def counted(self, number):
        try:
            async for row in self.store.find(number):
                yield {"row": row}
        except Exception as error:
            yield {"error": str(error)}

    async def refused(self, number):
        try:
            async for row in self.store.find(number):
                yield {"row": row}
        except Exception as error:
            yield {"error": str(error)}

    async def opened(self, number):
        async def lines():
            try:
                async for row in self.store.find(number):
                    yield json.dumps(row)
            except Exception as error:
                yield json.dumps({"error": str(error)})  # AUD308

        return lines()

    async def kept(self, number):
        async def lines():
            try:
                async for row in self.store.find(number):
                    yield json.dumps(row)
            except Exception as error:
                yield json.dumps({"error": str(error)})

        return lines()

    def one(self, order):
        try:
            self.store.insert(order)
            return {"ok": True}
        except Exception as error:
            return {"ok": False, "error": str(error)}  # AUD308

    def many(self, orders):
        found = []
        for order in orders:
            found.append(self.one(order))
        return found


orders = Orders(None)
