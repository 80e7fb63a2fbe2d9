import logging

logger = logging.getLogger(__name__)


class Bus:
    def __init__(self, connection):
        self.connection = connection

    async def publish(self, event):
        try:
            await self.connection.send(event)
        except Exception:
            logger.exception("not published")

    async def announce(self, event):
        """Tell all listeners; best effort, this method never raises."""
        for listener in self.connection.listeners():
            try:
                await listener.send(event)
            except Exception:
                logger.exception("not told")

    async def send(self, event):
        await self.connection.send(event)
