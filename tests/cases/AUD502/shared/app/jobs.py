from app import pools

shared = pools.make_kept()


def run_all(jobs):
    threads = pools.make_forgotten(8)
    return [threads.submit(job) for job in jobs]


def run_and_wait(jobs):
    threads = pools.make_shut_down()
    try:
        return [threads.submit(job) for job in jobs]
    finally:
        threads.shutdown()


class Holder:
    def __init__(self):
        self.threads = pools.make_kept()


def hand_on():
    return pools.make_kept()
