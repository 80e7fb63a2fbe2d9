"""What stands before the name is bound cannot raise."""

import sys
import threading
from typing import cast

import numpy


async def close(connection):
    try:
        adapter = cast("Adapter", connection)
        await adapter.stop()
    finally:
        await adapter.close()


def show(log, error):
    try:
        caught = sys.exc_info()
        log(error)
        raise error
    finally:
        _, _, trace = caught
        del trace


async def close_opened(open_connection):
    try:
        adapter = cast("Adapter", open_connection())
        await adapter.stop()
    finally:
        await adapter.close()  # AUD306


async def sets_a_variable_of_the_context(reason, check):
    try:
        token = reason.set(None)
        return await check()
    finally:
        reason.reset(token)


def rolls_back(errors, log):
    try:
        thread = threading.current_thread()
        errors.handle()
    except Exception:
        thread.transaction.rollback()
        log("postponed")


def counts_quietly(work):
    try:
        settings = numpy.seterr(all="ignore")
        return work()
    finally:
        numpy.seterr(**settings)
