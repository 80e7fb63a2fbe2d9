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


class Session:
    async def listens(self):
        while True:
            try:
                self.answer(await self.queues["tones"].get())
            except Exception:
                logger.exception("tone lost")

    async def goes_on_when_closed(self, socket):
        while True:
            try:
                self.answer(await socket.recv())
            except ConnectionError:
                logger.info("closed; the monitor makes another one")
            except Exception:
                logger.exception("message lost")

    def polls(self, poller, socket):
        while self.running:
            try:
                if socket in dict(poller.poll(timeout=1000)):
                    self.answer(socket.recv())
            except Exception:
                logger.exception("message lost")
