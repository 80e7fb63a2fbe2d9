"""Tasks of finalisers, which nothing can keep, and tasks whose keeping is waived by name."""

import asyncio


class Client:
    def __init__(self, transport):
        self.transport = transport

    def __del__(self):
        try:
            asyncio.get_running_loop().create_task(self.close())
        except Exception:
            pass

    async def close(self):
        await self.transport.close()

    def stop(self):
        asyncio.get_running_loop().create_task(self.close())  # AUD109


async def start(work):
    asyncio.create_task(work())  # noqa: RUF006
    asyncio.create_task(work())  # noqa: E501, RUF006 - it logs its own errors
    asyncio.create_task(work())  # noqa: E501  # AUD109
