"""Plain functions that hand a coroutine to a loop and wait: for ever if the loop is the one that runs them."""

import asyncio
import threading


def found_running(coroutine):
    loop = asyncio.get_event_loop()
    if loop.is_running():
        future = asyncio.run_coroutine_threadsafe(coroutine, loop)
        return future.result(timeout=30)  # AUD106
    return loop.run_until_complete(coroutine)


def maybe_none(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is not None and loop.is_running():
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result()  # AUD106
    return asyncio.run(coroutine)


def of_another_thread(coroutine, loop):
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()


def refused(coroutine, workers_loop):
    loop = asyncio.get_running_loop()
    if loop == workers_loop:
        raise RuntimeError("this would wait for itself")
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()


def not_known_to_run(coroutine):
    loop = asyncio.get_event_loop()
    if loop.is_closed():
        return None
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()


def elsewhere(coroutine):
    loop = asyncio.get_running_loop()

    def waits():
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result()

    return loop.run_in_executor(None, waits)


def not_waited_for(coroutine):
    loop = asyncio.get_running_loop()
    return asyncio.run_coroutine_threadsafe(coroutine, loop)


def of_another_threads_loop(coroutine):
    """Refused where the loop is the one of this thread."""
    loop = asyncio.get_running_loop()
    if loop._thread_id == threading.get_ident():
        raise RuntimeError("await the coroutine instead")
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()
