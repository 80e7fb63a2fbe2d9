import asyncio


class Worker:
    def __init__(self):
        self._started = []
        self._tasks = []

    def start(self, name):
        self._started.append((name, asyncio.create_task(work())))  # AUD109
        self._tasks.append((name, asyncio.create_task(work())))

    async def stop(self):
        for _, task in self._tasks:
            await task


async def work():
    await asyncio.sleep(1)


def dropped():
    [asyncio.create_task(work())]  # AUD109
    asyncio.create_task(work()), asyncio.create_task(work())  # AUD109
    tasks = [asyncio.create_task(work())]  # AUD109


async def kept(register):
    await asyncio.gather(*[asyncio.create_task(work())])
    await asyncio.wait([asyncio.create_task(work())])
    register([asyncio.create_task(work())])
    one, other = asyncio.create_task(work()), asyncio.create_task(work())
    await one
    await other
    tasks = [asyncio.create_task(work())]
    for task in tasks:
        await task
    return [asyncio.create_task(work())]
