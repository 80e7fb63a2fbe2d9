"""A worker of a queue runs each job by itself, in a loop of its own."""

import requests
from rq.decorators import job


@job("default", timeout=60)
async def notify(address, event):
    requests.post(address, json=event, timeout=5)


async def notify_all(addresses, event):
    for address in addresses:
        requests.post(address, json=event, timeout=5)  # AUD102
