import asyncio
import logging

logger = logging.getLogger(__name__)
kept = asyncio.ensure_future


async def work(number=0):
    await asyncio.sleep(number)


async def dropped(loop: asyncio.AbstractEventLoop, flag):
    asyncio.create_task(work())  # AUD109
    asyncio.ensure_future(work())  # AUD109
    loop.create_task(work())  # AUD109
    kept(work())  # AUD109
    asyncio.get_running_loop().create_task(work())  # AUD109
    asyncio.create_task(work()) if flag else None  # AUD109
    [asyncio.create_task(work(n)) for n in range(3)]  # AUD109
    loop.call_later(3, lambda: asyncio.create_task(work()))  # AUD109


async def used(app):
    await asyncio.create_task(work())
    app.state.task = asyncio.create_task(work())
    asyncio.create_task(work()).add_done_callback(print)
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
        one = group.create_task(work())
    app.background.append(asyncio.create_task(work()))
    app.call(lambda: asyncio.create_task(work()))
    return asyncio.create_task(work())


def local():
    task = asyncio.create_task(work())  # AUD109
    unused: asyncio.Task = asyncio.create_task(work())  # AUD109
    _ = asyncio.create_task(work())  # AUD109
    many = [asyncio.create_task(work(n)) for n in range(3)]  # AUD109
    named = asyncio.create_task(work())  # AUD109
    named.set_name("named")
    called = asyncio.create_task(work())
    called.add_done_callback(lambda _: None)
    given = asyncio.create_task(work())
    print(given)
    nested = asyncio.create_task(work())

    def cancel():
        nested.cancel()

    return cancel


async def lives_on():
    heartbeat = asyncio.create_task(work())
    await work(3600)


async def waits_in_loop(items):
    for item in items:
        await work()
        task = asyncio.create_task(work(item))


def globally():
    global current
    current = asyncio.create_task(work())


async def listed(items):
    tasks = []
    for item in items:
        tasks.append(asyncio.create_task(work(item)))
    await asyncio.gather(*tasks)


def forgotten(items):
    tasks = []
    for item in items:
        tasks.append(asyncio.create_task(work(item)))  # AUD109
    logger.info("started %d", len(tasks))


def handed_over(items, tasks):
    for item in items:
        tasks.append(asyncio.create_task(work(item)))


class Worker:
    def __init__(self):
        self._piled = set()
        self._kept = set()
        self._public = []
        self.public = []

    def start(self):
        task = asyncio.create_task(work())  # AUD109
        self._piled.add(task)
        other = asyncio.create_task(work())
        self._kept.add(other)
        other.add_done_callback(self._kept.discard)
        self.public.append(asyncio.create_task(work()))
        self._public.append(asyncio.create_task(work()))

    async def stop(self):
        for task in self._public:
            task.cancel()


class Group:
    def create_task(self, coroutine):
        return coroutine


def not_asyncio(group: Group, nursery):
    group.create_task(work())
    nursery.create_task(work())
