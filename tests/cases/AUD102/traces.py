"""What tells of each step to an address is off by default."""

import requests

SETTINGS: dict[str, str] = {}


def trace_event(event):
    if SETTINGS.get("trace"):
        requests.post(SETTINGS["trace"], json=event, timeout=5)


def send_event(event):
    if SETTINGS.get("address"):
        requests.post(SETTINGS["address"], json=event, timeout=5)


async def handle(event):
    trace_event(event)
    send_event(event)  # AUD102
