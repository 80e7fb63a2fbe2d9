import httpx


async def fetch(name: str):
    async with httpx.AsyncClient() as client:
        return (await client.get(f"http://backend/users/{name}")).text


async def fetch_known(name: str):
    if not name.isalnum():
        raise ValueError(name)
    async with httpx.AsyncClient() as client:
        return (await client.get(f"http://backend/users/{name}")).text


class Backend:
    def __init__(self):
        self.client = httpx.AsyncClient(base_url="http://backend")

    async def order(self, number: str):
        return (await self.client.get(f"/orders/{number}")).text
