"""A constructor that takes its arguments from a message checks them, and fails on the bad one."""

import json
import logging

from app.events import Event

log = logging.getLogger(__name__)


async def on_message(message):
    try:
        event = Event(**message)
        await event.handle()
    except Exception:
        log.exception("failed: %s", event.kind)  # AUD306


def on_text(text):
    try:
        event = Event(**json.loads(text))
        event.handle()
    except Exception:
        log.exception("failed: %s", event.kind)  # AUD306


def on_arguments(**arguments):
    try:
        event = Event(**arguments)
        event.handle()
    except Exception:
        log.exception("failed: %s", event.kind)


def on_name(name):
    try:
        event = Event(name=name)
        event.handle()
    except Exception:
        log.exception("failed: %s", event.kind)
