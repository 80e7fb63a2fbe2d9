"""A reader for coroutines and for threads alike, and one for threads."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor(max_workers=4)


class Reader:
    def __init__(self, source):
        self._source = source

    def position(self):
        return self._tell()

    def _tell(self):
        if self._source.is_remote:
            return POOL.submit(self._source.tell).result()
        return self._source.offset

    def size(self):
        return self._measure()

    def _measure(self):
        return POOL.submit(self._source.measure).result()


def answer_of(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    return POOL.submit(asyncio.run, coroutine).result()


def measured(source):
    return answer_of(source.measure())
