import asyncio


async def stop(task, work):
    task.cancel()
    try:
        await task
    except Exception:
        pass
    await work()


async def wait(task):
    try:
        await task.save()
    except Exception:  # AUD302
        pass
