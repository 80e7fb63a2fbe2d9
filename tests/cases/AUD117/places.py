import asyncio
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

from fastapi import APIRouter, Depends

router = APIRouter()
pool = ThreadPoolExecutor(2)


async def notify():
    pass


@router.post("/jobs")
def start_job():
    asyncio.create_task(notify())  # AUD117


@router.post("/jobs/async")
async def start_job_async():
    task = asyncio.create_task(notify())
    await task


def dependency():
    asyncio.ensure_future(notify())  # AUD117


@router.get("/x")
async def use(value=Depends(dependency)):
    return value


def submitted():
    helper()


def helper():
    asyncio.create_task(notify())  # AUD117


async def run():
    pool.submit(submitted)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, lambda: asyncio.ensure_future(notify()))  # AUD117


def with_own_loop():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.create_task(notify())
    loop.run_forever()


threading.Thread(target=with_own_loop).start()


def guarded():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    asyncio.create_task(notify())


pool.submit(guarded)


def on_signal():
    asyncio.create_task(notify())


def on_done(task):
    asyncio.create_task(notify())


async def callbacks(task):
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, on_signal)
    asyncio.get_running_loop().call_later(1, on_signal)
    task.add_done_callback(on_done)


def safely(loop):
    asyncio.run_coroutine_threadsafe(notify(), loop)
    loop.call_soon_threadsafe(print)


pool.submit(safely)
