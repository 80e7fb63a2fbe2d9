from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(4)


class Workers:
    def __init__(self):
        self.threads = ThreadPoolExecutor(4)


def make():
    return ThreadPoolExecutor(4)


def forgets(jobs):
    threads = ThreadPoolExecutor(4)  # AUD502
    return [threads.submit(job) for job in jobs]


def make_forgotten(size):
    return ThreadPoolExecutor(size)  # AUD502


def make_used_at_once():
    return ThreadPoolExecutor(4)  # AUD502


def make_kept():
    return ThreadPoolExecutor(4)


def make_shut_down():
    return ThreadPoolExecutor(4)


def uses_at_once(job):
    return make_used_at_once().submit(job).result()
