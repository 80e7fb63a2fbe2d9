"""Waiting for what libraries run elsewhere."""

import asyncio
from concurrent.futures import ThreadPoolExecutor, as_completed
from multiprocessing.pool import ThreadPool

import filelock
import psutil
from google.cloud import pubsub_v1


async def published(topic, data):
    publisher = pubsub_v1.PublisherClient()
    future = publisher.publish(publisher.topic_path("project", topic), data)
    return future.result(timeout=30)  # AUD106


async def published_and_left(topic, data):
    future = pubsub_v1.PublisherClient().publish(topic, data)
    future.add_done_callback(print)


async def of_all(works):
    executor = ThreadPoolExecutor(4)
    futures = [executor.submit(work) for work in works]
    for future in as_completed(futures):  # AUD106
        print(future)


async def of_each(work, things):
    with ThreadPoolExecutor(4) as executor:
        for done in executor.map(work, things):  # AUD106
            print(done)


async def of_each_and_not_waited_for(work, things):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(4) as executor:
        return await asyncio.gather(*(loop.run_in_executor(executor, work, thing) for thing in things))


async def of_a_pool(work):
    pool = ThreadPool(4)
    started = pool.apply_async(work)
    return started.get(timeout=3)  # AUD106


async def of_a_process(number):
    psutil.Process(number).wait(timeout=10)  # AUD106
    psutil.Process(number).terminate()


async def alone(lock: filelock.FileLock):
    lock.acquire()  # AUD106
    lock.release()
