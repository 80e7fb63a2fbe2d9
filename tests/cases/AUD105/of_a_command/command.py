import asyncio

from dumps import provider


def run_snapshot(name):
    one = provider()
    asyncio.run(one.make(name))
