"""What stands before the name is bound cannot raise."""

import os
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


def reads(file, feed, log):
    try:
        data = os.read(file, 8192)
        feed(data)
    except OSError:
        return None
    except Exception:
        log(data)


def reads_what_is_opened(file, feed, log):
    try:
        data = file.receive()
        feed(data)
    except OSError:
        return None
    except Exception:
        log(data)  # AUD306


def reads_under_one_handler(file, feed, log):
    try:
        data = os.read(file, 8192)
        feed(data)
    except ValueError:
        return None
    except Exception:
        log(data)  # AUD306
