import logging

logger = logging.getLogger(__name__)


class Channel:
    def __init__(self, name):
        self.name = name

    async def deliver(self, event):
        print("delivering", event)  # AUD309
        logger.info("%s is delivered", event)

    def close(self):
        try:
            return self.name.upper()
        except AttributeError as error:
            print("not closed:", error)  # AUD309
            return None

    def send(self):
        """Print the name."""
        print("sent", self.name)
