from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool


def make(workers):
    return ThreadPoolExecutor(max_workers=workers)  # AUD501


def make_guarded(workers):
    if workers < 1:
        workers = 1
    return ThreadPoolExecutor(max_workers=workers)


def make_for(jobs):
    return ThreadPoolExecutor(max_workers=min(8, len(jobs)))


def make_for_any(jobs):
    return ThreadPoolExecutor(max_workers=min(8, len(jobs)))  # AUD501


def make_from_settings(workers):
    return ThreadPoolExecutor(max_workers=workers)


def make_by_default(workers=0):
    return Pool(processes=workers)  # AUD501


def make_half(count):
    half = count // 2
    return Pool(half)  # AUD501


def make_positive(count):
    return Pool(count)


def make_of_namesake(count):
    return Pool(count)


class Runner:
    def __init__(self, name, workers):
        self.name = name
        self.threads = ThreadPoolExecutor(workers)  # AUD501

    def more(self, count):
        return ThreadPoolExecutor(count)  # AUD501


class Quiet:
    def __init__(self, workers):
        self.threads = ThreadPoolExecutor(workers)
