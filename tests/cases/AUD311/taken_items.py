import asyncio
import logging

logger = logging.getLogger(__name__)


class Lobby:
    def __init__(self, queues, pending, running):
        self.queues = queues
        self.pending = pending
        self.running = running

    async def route(self, send):
        while self.running:
            try:
                for queue in self.queues:
                    if not queue.empty():
                        await send(await queue.get())
                await asyncio.sleep(0.01)
            except Exception:
                logger.exception("message lost")

    async def drain(self, send):
        while self.running:
            try:
                if self.pending:
                    await send(self.pending.popleft())
                await asyncio.sleep(0.01)
            except Exception:
                logger.exception("message lost")

    async def poll(self, client, send):
        while self.running:
            try:
                await send(await client.fetch_next())
                await asyncio.sleep(0.01)
            except Exception:  # AUD311
                logger.exception("message lost")
