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

    def pick(self, wanted):
        self.picked = [address for address in self.addresses if address in wanted]

    def set_up_picked(self, step):
        with ThreadPoolExecutor(max_workers=len(self.picked)) as pool:  # AUD501
            return list(pool.map(step, self.picked))

    def _run(self, step, addresses):
        with ThreadPoolExecutor(max_workers=len(addresses)) as pool:
            return list(pool.map(step, addresses))

    def run(self, step, addresses):
        with ThreadPoolExecutor(max_workers=len(addresses)) as pool:  # AUD501
            return list(pool.map(step, addresses))


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
