"""Each task runs a loop of its own: no client can be shared between them."""

import asyncio

from celery import shared_task
from writeups import Writeups


@shared_task
def collect(pages):
    return asyncio.run(Writeups(5).scrape(pages))
