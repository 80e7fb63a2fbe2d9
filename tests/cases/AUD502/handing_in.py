"""Handing a job in does not fail."""

from concurrent.futures import ThreadPoolExecutor


def ask_some(places, ask):
    pool = ThreadPoolExecutor(max_workers=4)
    futures = [pool.submit(ask, place) for place in places]
    pool.shutdown(wait=False)
    return len(futures)


def ask_all(places, ask):
    pool = ThreadPoolExecutor(max_workers=4)  # AUD502
    futures = [pool.submit(ask, place) for place in places]
    answers = [future.result() for future in futures]
    pool.shutdown()
    return answers
