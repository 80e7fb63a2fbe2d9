"""Coroutines that a loop makes and nobody awaits."""

import httpx


class Policies:
    def __init__(self, address):
        self.address = address

    async def put(self, name):
        async with httpx.AsyncClient(timeout=5) as client:
            await client.put(f"{self.address}/{name}")

    async def put_all(self, names):
        for name in names:
            self.put(name)
