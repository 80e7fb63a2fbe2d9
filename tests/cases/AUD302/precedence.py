import asyncio


def bare(send):
    try:
        send()
    except:
        pass


async def swallows_its_cancellation(queue):
    while True:
        try:
            await queue.get()
        except BaseException:
            continue


async def does_not(queue):
    while True:
        try:
            await queue.db.fetch()
        except asyncio.CancelledError:
            raise
        except Exception:  # AUD302
            continue
