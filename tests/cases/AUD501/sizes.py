import asyncio
import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import anyio

from settings import settings

WORKERS = 0
ENOUGH = 4


def literal():
    return ThreadPoolExecutor(max_workers=0)  # AUD501


def named():
    return ThreadPoolExecutor(WORKERS)  # AUD501


def spared_processors():
    return ProcessPoolExecutor(os.cpu_count() - 1)  # AUD501


def by_list(urls):
    return ThreadPoolExecutor(min(ENOUGH, len(urls)))  # AUD501


def by_pool(items):
    return multiprocessing.Pool(processes=len(items))  # AUD501


def limiter(jobs):
    return anyio.CapacityLimiter(len(jobs) // 2)  # AUD501


def never_below_one():
    return ThreadPoolExecutor(min(4, os.cpu_count() or 1))


def at_least_one(urls):
    return ThreadPoolExecutor(max(1, min(8, len(urls))))


def setting():
    return ThreadPoolExecutor(settings.workers)


def default():
    return ThreadPoolExecutor()


def closed_gate():
    return asyncio.Semaphore(0), threading.Semaphore(0)


def guarded(urls):
    if not urls:
        return None
    return ThreadPoolExecutor(len(urls))


def guarded_by_branch(urls):
    if urls:
        with ThreadPoolExecutor(min(8, len(urls))) as pool:
            return list(pool.map(str, urls))
    return []


def guarded_by_length(urls):
    if len(urls) == 0:
        return []
    with ThreadPoolExecutor(len(urls)) as pool:
        return list(pool.map(str, urls))


def _run(urls):
    return ThreadPoolExecutor(len(urls))


def only_caller(urls):
    if not urls:
        return None
    return _run(urls)


def element(shares):
    return ThreadPoolExecutor((len(shares[0]) - 4) >> 4)


def gathered(*events):
    return ThreadPoolExecutor(len(events))


def taken_from_tested(sample):
    if len(sample) == 0:
        return None
    paths = sample.paths.tolist()
    return ThreadPoolExecutor(min(len(paths), 16))


def taken_from_untested(sample):
    paths = list(sample.paths)
    return ThreadPoolExecutor(min(len(paths), 16))  # AUD501


def or_one(urls):
    return ThreadPoolExecutor(len(urls) or 1)


def conditional(urls):
    return ThreadPoolExecutor(len(urls) if urls else 1)


def of_groups(levels: list[list[str]]):
    for level in levels:
        ThreadPoolExecutor(max_workers=len(level)).shutdown()


def of_one_group(level: list[str]):
    ThreadPoolExecutor(max_workers=len(level)).shutdown()  # AUD501
