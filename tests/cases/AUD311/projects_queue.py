import json
import logging

from vendor.queues import NamedQueue

logger = logging.getLogger(__name__)


class Jobs:
    def __init__(self, client, name):
        self.client = client
        self.name = name

    def pop(self, blocking=True, timeout=0):
        found = self.client.blpop(self.name, timeout) if blocking else self.client.lpop(self.name)
        return json.loads(found[1]) if found else None


def works(client, work):
    queue = Jobs(client, "jobs")
    while True:
        try:
            item = queue.pop(blocking=True, timeout=5)
            if item is not None:
                work(item)
        except Exception:  # AUD311
            logger.exception("an item failed")


def takes_from_a_library(work):
    queue = NamedQueue("jobs")
    while True:
        try:
            item = queue.pop(timeout=5)
            if item is not None:
                work(item)
        except Exception:
            logger.exception("an item failed")


def takes_from_what_is_given(queue, work):
    while True:
        try:
            work(queue.pop(timeout=5))
        except Exception:
            logger.exception("an item failed")


def empties(stack, work):
    while True:
        try:
            work(stack.pop())
        except Exception:
            logger.exception("an item failed")
