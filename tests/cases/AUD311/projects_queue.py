import logging

logger = logging.getLogger(__name__)


def works(queue, work):
    while True:
        try:
            item = queue.pop(blocking=True, timeout=5)
            if item is not None:
                work(item)
        except Exception:  # AUD311
            logger.exception("an item failed")


def empties(stack, work):
    while True:
        try:
            work(stack.pop())
        except Exception:
            logger.exception("an item failed")
