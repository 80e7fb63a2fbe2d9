from concurrent.futures import ThreadPoolExecutor

from app.groups import groups_of


def work(items):
    groups = groups_of(items)
    workers = min(8, len(groups))
    return ThreadPoolExecutor(workers)


def read(path):
    rows = path.read_text().splitlines()
    return ThreadPoolExecutor(min(8, len(rows)))  # AUD501
