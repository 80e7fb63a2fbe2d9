import asyncio


async def stop(task, work):
    task.cancel()
    try:
        await task
    except Exception:
        pass
    await work()


async def wait(session):
    try:
        await session.commit()
    except Exception:  # AUD302
        pass
