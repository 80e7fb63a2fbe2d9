import asyncio
import os
import sys
from typing import NoReturn


def give_up(reason) -> NoReturn:
    raise SystemExit(reason)


def leaves_the_process(work):
    try:
        work()
    except:
        sys.exit(1)


def leaves_it_hard(work):
    try:
        work()
    except:
        os._exit(1)


def calls_what_never_returns(work):
    try:
        work()
    except:
        give_up("no work")


def raises_on_one_way_only(work, strict):
    try:
        work()
    except:  # AUD301
        if strict:
            raise


def raises_on_both_ways(work, strict):
    try:
        work()
    except:
        if strict:
            raise
        raise RuntimeError("no work")


def raises_after_tidying(work, session):
    try:
        work()
    except:
        try:
            session.rollback()
        finally:
            raise


async def goes_on_after_its_cancellation(queue):
    while True:
        try:
            await queue.get()
        except:
            continue


async def ends_after_it(work):
    try:
        await work()
    except:  # AUD301
        return None


async def waits_for_nothing(work):
    try:
        work()
    except:  # AUD301
        return None
    await asyncio.sleep(1)


try:
    import orjson
except:
    orjson = None


def lets_interrupts_through(work):
    try:
        work()
    except (KeyboardInterrupt, SystemExit):
        raise
    except:
        return None


def lets_one_through(work):
    try:
        work()
    except KeyboardInterrupt:
        raise
    except:
        return None


def gets_nothing(work):
    try:
        work()
    except BaseException as error:
        print(error)
    except:
        return None
