import asyncio


async def consume(loop, executor, work, coroutine):
    asyncio.ensure_future(loop.run_in_executor(executor, work), loop=loop)
    asyncio.ensure_future(asyncio.wrap_future(executor.submit(work)))
    asyncio.ensure_future(coroutine())  # AUD109
