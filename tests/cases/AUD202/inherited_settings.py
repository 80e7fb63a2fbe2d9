"""A service whose base class keeps the address."""

import aiohttp


class Service:
    def __init__(self, address):
        self.address = f"{address}/query"


class AsyncService(Service):
    async def ask(self, question):
        async with aiohttp.ClientSession() as session:  # AUD202
            async with session.post(self.address, json={"question": question}) as answer:
                answer.raise_for_status()
                return await answer.text()


class Plain:
    async def ask(self, address):
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            answer.raise_for_status()
            return await answer.text()
