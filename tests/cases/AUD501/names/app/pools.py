from concurrent.futures import ThreadPoolExecutor

from app import settings
from app.settings import LEAST, WORKERS, Defaults


def by_name(items):
    return ThreadPoolExecutor(min(WORKERS, len(items)))  # AUD501


def by_module(items):
    return ThreadPoolExecutor(settings.WORKERS)  # AUD501


def by_class():
    return ThreadPoolExecutor(Defaults.workers)  # AUD501


def at_least_one():
    return ThreadPoolExecutor(max(WORKERS, LEAST))


def given(workers):
    return ThreadPoolExecutor(workers)


def given_elsewhere(workers):
    return ThreadPoolExecutor(max_workers=workers // 2)  # AUD501
