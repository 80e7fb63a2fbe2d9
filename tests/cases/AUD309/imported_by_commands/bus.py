import logging

from mail import send

logger = logging.getLogger(__name__)


async def emit(receivers, event):
    print("going out:", event)
    for receive in receivers:
        try:
            await receive(event)
        except Exception as error:
            print(f"not received: {error}")
            await send(receive, event)
    logger.info("%s went out", event)
