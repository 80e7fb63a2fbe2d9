from app.pools import Pools

pools = Pools()


def start():
    return pools.make(0)
