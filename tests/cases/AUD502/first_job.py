"""An executor has no workers before its first job; a pool of processes has."""

import contextvars
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool


class Memory:
    def __init__(self, executor):
        self.executor = executor


def ask(provider, message, timeout):
    executor = ThreadPoolExecutor(max_workers=1)
    context = contextvars.copy_context()
    prepared = provider.prepare(message)
    future = executor.submit(context.run, prepared)
    try:
        return future.result(timeout=timeout)
    finally:
        executor.shutdown(wait=False)


def ask_late(provider, message, timeout):
    executor = ThreadPoolExecutor(max_workers=1)  # AUD502
    future = executor.submit(provider.ask, message)
    provider.tell(message)
    try:
        return future.result(timeout=timeout)
    finally:
        executor.shutdown(wait=False)


def processes(provider, message):
    pool = Pool(2)  # AUD502
    prepared = provider.prepare(message)
    try:
        return pool.map(provider.ask, prepared)
    finally:
        pool.terminate()


def memory_of(executor=None, short=None):
    if not executor:
        executor = ThreadPoolExecutor()
    if not short:
        short = Memory(executor)
    return short
