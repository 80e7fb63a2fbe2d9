import logging

logger = logging.getLogger(__name__)


async def hands_over(channel, queue):
    while True:
        try:
            await channel.receive()
        except Exception as error:
            queue.failure = error
        if queue.failure is not None:
            break


async def turns_off(self, channel):
    while self.running:
        try:
            await channel.receive()
        except Exception:
            logger.exception("lost")
            self.running = False


async def forgets(channel, queue):
    while True:
        try:
            await channel.receive()
        except Exception as error:  # AUD311
            queue.failure = error
