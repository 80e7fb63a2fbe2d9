import asyncio
import logging
import queue
import time

logger = logging.getLogger(__name__)


async def consumer(stream):
    while True:
        try:
            message = await stream.get()
            logger.info("%s", message)
        except Exception:  # AUD311
            logger.exception("failed")


def blocking(connection, stopped):
    while not stopped.is_set():
        try:
            data = connection.recv(1024)
            logger.info("%s", data)
        except Exception as error:  # AUD311
            logger.error("failed: %s", error)
            continue


async def sleeps_at_the_end(work):
    while True:
        try:
            await work()
            await asyncio.sleep(60)
        except Exception:  # AUD311
            logger.exception("failed")


async def sleeps_outside(work):
    while True:
        try:
            await work()
        except Exception:
            logger.exception("failed")
        await asyncio.sleep(60)


def backs_off(connection):
    while True:
        try:
            connection.recv(1024)
        except Exception:
            logger.exception("failed")
            time.sleep(1)


def leaves(connection):
    while True:
        try:
            connection.recv(1024)
        except Exception:
            logger.exception("failed")
            break


def counts(connection):
    failures = 0
    while failures < 5:
        try:
            connection.recv(1024)
        except Exception:
            logger.exception("failed")
            failures += 1


def names_it(connection):
    while True:
        try:
            connection.recv(1024)
        except ValueError:
            logger.exception("failed")


def leaves_when_it_is_gone(connection):
    while True:
        try:
            connection.recv(1024)
        except ConnectionError:
            return
        except Exception:
            logger.exception("failed")


async def queue_in_memory():
    waiting = asyncio.Queue()
    while True:
        try:
            logger.info("%s", await waiting.get())
        except Exception:
            logger.exception("failed")


def threads_queue(jobs: queue.Queue):
    while True:
        try:
            jobs.get()()
        except Exception:
            logger.exception("failed")


async def ends_by_itself(messages, work):
    async for message in messages:
        try:
            await work(message)
        except Exception:
            logger.exception("failed")


async def waits_for_one_item(jobs, stream):
    for job in jobs:
        try:
            await stream.get(job)
        except Exception:
            logger.exception("failed")


async def logs_asynchronously(connection, log):
    while True:
        try:
            await connection.recv()
        except Exception:  # AUD311
            await log.aexception("failed")


async def sleeps_first(work, jitter):
    while True:
        try:
            seconds = 60 * jitter()
            await asyncio.sleep(seconds)
            await work()
        except Exception:
            logger.exception("failed")


async def crawls(client, discovery):
    address = next(discovery)
    while True:
        try:
            response = await client.get(address)
            body = response.content
        except Exception:
            body = None
        address = discovery.send(body)


async def typed_queue():
    waiting = asyncio.Queue[int]()
    while True:
        try:
            number = await waiting.get()
            logger.info("%d", number)
        except Exception:
            logger.exception("failed")


class Books:
    def __init__(self, queues):
        self._queues = queues

    async def one_of_many_queues(self, key, show):
        message_queue = self._queues[key]
        while True:
            try:
                await show(await message_queue.get())
            except Exception:
                logger.exception("failed")


class Events:
    async def consume(self):
        while True:
            try:
                message = await self._inbox.get()
                message.apply()
            except Exception:
                logger.exception("not applied")


def answers_on_the_same_connection(connection, work):
    while True:
        try:
            work(connection.recv())
        except Exception as error:
            logger.warning("failed: %s", error)
            connection.send(f"failed: {error}")


def answers_elsewhere(connection, other, work):
    while True:
        try:
            work(connection.recv())
        except Exception as error:  # AUD311
            logger.warning("failed: %s", error)
            other.send(f"failed: {error}")
