"""Waiting for what libraries run elsewhere."""

from concurrent.futures import ThreadPoolExecutor, as_completed

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


async def of_a_process(number):
    psutil.Process(number).wait(timeout=10)  # AUD106
    psutil.Process(number).terminate()


async def alone(lock: filelock.FileLock):
    lock.acquire()  # AUD106
    lock.release()
