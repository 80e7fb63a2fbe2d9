import contextlib
import functools

import backoff
import retrying
import stamina
import tenacity
from tenacity import retry, stop_after_attempt

again = retry(stop=stop_after_attempt(2))
retrier = tenacity.Retrying()


@retry
def bare():  # AUD207
    yield 1


@again
def through_a_variable():  # AUD207
    yield from range(3)


@retrier.wraps
def through_an_object():  # AUD207
    yield 1


@retry(stop=stop_after_attempt(2))
@contextlib.contextmanager
def managed():  # AUD207
    yield 1


@retrying.retry(stop_max_attempt_number=2)
async def streamed():  # AUD207
    yield 1


@functools.lru_cache
@backoff.on_exception(backoff.expo, OSError)
def outside_cached():  # AUD207
    yield 1


def listed(function):
    return lambda: list(function())


@retry
@listed
def gone_through():
    yield 1


@stamina.retry(on=OSError)
def stamina_retries():
    yield 1


@retry
def plain():
    return [1]


@retry
def nested():
    def rows():
        yield 1

    return list(rows())


@retry
async def coroutine():
    return 1
