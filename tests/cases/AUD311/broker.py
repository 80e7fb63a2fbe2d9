"""The queue of a broker: what gets from it fails when the connection is gone."""

import logging

import aio_pika

logger = logging.getLogger(__name__)


async def consume(work_queue: aio_pika.Queue, show):
    while True:
        try:
            await show(await work_queue.get())
        except Exception:  # AUD311
            logger.exception("failed")
