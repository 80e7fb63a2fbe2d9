"""Waits that take no time: the caller has looked first, or the call only looks."""

import queue
import select


class Results:
    def __init__(self, condition):
        self.queue = queue.Queue()
        self.condition = condition

    def take(self):
        result = self.queue.get()
        return result

    async def after_a_look(self):
        while self.queue.empty():
            async with self.condition:
                await self.condition.wait()
        return self.take()

    async def without_a_look(self):
        return self.take()  # AUD106


def is_readable(connection):
    return bool(select.select([connection], [], [], 0)[0])


def becomes_readable(connection):
    return bool(select.select([connection], [], [], 5)[0])


async def looks(connection):
    return is_readable(connection)


async def waits(connection):
    return becomes_readable(connection)  # AUD106
