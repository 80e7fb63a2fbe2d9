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
