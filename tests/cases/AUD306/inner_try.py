import asyncio
import logging
from contextlib import suppress

logger = logging.getLogger(__name__)


def describes(ask, describe, answer):
    try:
        try:
            limits = ask()
        except Exception:
            logger.warning("nobody answers")
            return
        if answer:
            package = answer["package"]
        else:
            return
        found = describe(package, limits)
    except Exception:
        found = {"package": package}
    return found


def describes_loudly(ask, describe, answer):
    try:
        try:
            limits = ask()
        except Exception:
            logger.warning("nobody answers")
            raise
        package = answer["package"]
        found = describe(package, limits)
    except Exception:
        found = {"package": package}  # AUD306
    return found


async def asks(client, url):
    try:
        answer = await client.request(url)
        answer.raise_for_status()
    finally:
        with suppress(UnboundLocalError):
            await answer.aclose()


async def asks_and_closes(client, url):
    try:
        answer = await client.request(url)
        answer.raise_for_status()
    finally:
        with suppress(OSError):
            await answer.aclose()  # AUD306


def drains(pending, end):
    while len(pending) > 0:
        try:
            entry = pending.popitem()[1]
            end(entry)
        except Exception:
            logger.exception("not ended: %s", entry.name)


def stores(copy, submit, chunks, begin):
    succeeded = False
    try:
        completion = begin(chunks)
        copy(chunks)
        succeeded = True
    finally:
        count = len(chunks) if succeeded else 0
        if count:
            submit(completion)


async def gathers(asyncio_tasks, wait):
    try:
        gathered = asyncio.gather(*asyncio_tasks)
        await wait(gathered)
    finally:
        gathered.cancel()
