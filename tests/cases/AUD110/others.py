"""What was cancelled may be another task; and what is thrown on is not swallowed."""

import asyncio
import contextlib


class Worker:
    async def run_task(self, coroutine):
        task = asyncio.create_task(coroutine)
        self.tasks.add(task)
        return await task

    async def handle(self, event):
        await self.store(event)

    async def work(self):
        while True:
            event = await self.queue.get()
            try:
                await self.run_task(self.handle(event))
            except asyncio.CancelledError:
                continue

    async def work_itself(self):
        while True:
            event = await self.queue.get()
            try:
                await self.handle(event)
            except asyncio.CancelledError:  # AUD110
                continue

    async def leave(self, wait_for):
        with contextlib.suppress(asyncio.CancelledError):
            await wait_for(asyncio.shield(self.reports), 1)
        await self.close()


def wrapped(function):
    async def wrapper():
        body = function()
        item = await body.asend(None)
        while True:
            try:
                received = yield item
            except BaseException as error:
                item = await body.athrow(error)
            else:
                item = await body.asend(received)

    return wrapper


async def lines(source):
    async for line in source:
        try:
            yield line.decode()
        except:  # noqa: E722
            continue


@contextlib.asynccontextmanager
async def opened(pool):
    connection = await pool.acquire()
    try:
        yield connection
    except BaseException:  # AUD110
        print("failed")
    await pool.release(connection)


async def taken(task, lines):
    with contextlib.suppress(asyncio.CancelledError):
        await lines.put(task.result())
    await lines.join()


async def closing(transfer, connection):
    try:
        async with asyncio.timeout(10):
            await transfer
    except (TimeoutError, asyncio.CancelledError):
        pass
    await asyncio.shield(connection)


async def serving(queue):
    try:
        await asyncio.Future()
    except (asyncio.CancelledError, GeneratorExit):
        pass
    await queue.put("shutdown")
