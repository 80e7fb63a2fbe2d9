"""How many an object holds, a function of the module gives, or a private function gets, is known there."""

from concurrent.futures import ThreadPoolExecutor


class Cluster:
    def __init__(self, addresses):
        self.addresses = addresses

    def set_up(self, step):
        with ThreadPoolExecutor(max_workers=len(self.addresses)) as pool:
            return list(pool.map(step, self.addresses))

    def set_up_some(self, step):
        with ThreadPoolExecutor(max_workers=min(len(self.addresses or ()), 4)) as pool:
            return list(pool.map(step, self.addresses))

    def _run(self, step, addresses):
        with ThreadPoolExecutor(max_workers=len(addresses)) as pool:
            return list(pool.map(step, addresses))

    def run(self, step, addresses):
        with ThreadPoolExecutor(max_workers=len(addresses)) as pool:  # AUD501
            return list(pool.map(step, addresses))


class Job:
    def __init__(self, servers, name):
        self.ids = [server.id for server in servers if server.name == name]


class Backup(Job):
    def run(self, step):
        executor = ThreadPoolExecutor(max_workers=len(self.ids))  # AUD501
        return [executor.submit(step, one) for one in self.ids]


def groups_of(items):
    return [items[:4], items[4:]]


def convert(items, one):
    groups = groups_of(items)
    with ThreadPoolExecutor(max_workers=min(4, len(groups))) as pool:
        return list(pool.map(one, groups))


def convert_those(items, one):
    wanted = [item for item in items if item.wanted]
    with ThreadPoolExecutor(max_workers=min(4, len(wanted))) as pool:  # AUD501
        return list(pool.map(one, wanted))
