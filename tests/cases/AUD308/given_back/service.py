from dataclasses import dataclass


@dataclass
class Export:
    ok: bool
    error: str | None = None


class Service:
    def __init__(self, client):
        self.client = client

    async def deliver(self, number) -> Export:
        try:
            await self.client.deliver(number)
        except Exception as error:
            return Export(ok=False, error=f"failed: {error}")  # AUD308
        return Export(ok=True)

    async def forget(self, number) -> Export:
        try:
            await self.client.forget(number)
        except Exception as error:
            return Export(ok=False, error=f"failed: {error}")
        return Export(ok=True)


def export_all(names):
    found = []
    for name in names:
        try:
            open(name).close()
        except Exception as error:
            found.append(Export(False, error=str(error)))  # AUD308
        else:
            found.append(Export(True))
    return found


def count_all(names):
    found = []
    for name in names:
        try:
            open(name).close()
        except Exception as error:
            found.append(Export(False, error=str(error)))
        else:
            found.append(Export(True))
    return found
