import asyncio
import logging
from datetime import datetime

logger = logging.getLogger(__name__)


class Beats:
    def __init__(self, app, users):
        self.app = app
        self.users = users

    async def run(self):
        try:
            await self.tick()
        except Exception as error:
            logger.error("beat failed: %s", error)

    async def tick(self):
        if not self.app:
            return
        now = datetime.now()
        for user in list(self.users.keys()):
            try:
                await self.app.send(user, now)
            except Exception:
                logger.exception("no beat for %s", user)

    async def run_all(self):
        try:
            await self.tick_all()
        except Exception as error:
            logger.error("beat failed: %s", error)  # AUD303

    async def tick_all(self):
        try:
            await self.app.send_all()
        except Exception:
            logger.exception("no beat")
            await self.app.stop()

    async def run_store(self):
        try:
            await self.keep()
        except Exception as error:
            logger.error("not kept: %s", error)  # AUD303

    async def keep(self):
        """There to be overridden."""
        pass


class Broadcasts:
    def __init__(self, connections):
        self.connections = connections

    async def publish(self, text):
        try:
            asyncio.create_task(self.connections.send(text))
            logger.debug("published")
        except Exception as error:
            logger.error("not published: %s", error)

    async def publish_later(self, text):
        try:
            connections = self.connections
            await self.publish(text)
        except Exception as error:
            logger.error("not published: %s", error)
        return connections

    async def publish_at_once(self, text):
        try:
            await self.connections.send(text)
        except Exception as error:
            logger.error("not published: %s", error)  # AUD303
