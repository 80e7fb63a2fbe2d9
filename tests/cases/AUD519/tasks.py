import json
from datetime import datetime
from uuid import UUID

from celery import shared_task

@shared_task(bind=True, autoretry_for=(OSError, Exception), retry_backoff=True)
def load(self, key, since, text, rows=()):
    UUID(key)  # AUD519
    datetime.fromisoformat(since)  # AUD519
    for row in rows:
        UUID(row)
    UUID("b7c1a1c2-8d8f-4a5c-9a55-0a2f4f3f6e11")
    with self.ignored(ValueError):
        json.loads(text)
    try:
        json.loads(text)
    except ValueError:
        return None
    return json.loads(text)  # AUD519

@shared_task(autoretry_for=(ValueError,))
def exactly(key):
    return UUID(key)  # AUD519

@shared_task(autoretry_for=(OSError,))
def only_network(key):
    return UUID(key)

@shared_task(autoretry_for=(Exception,), max_retries=0)
def never(key):
    return UUID(key)

@shared_task(autoretry_for=(Exception,), dont_autoretry_for=(ValueError,))
def excluded(key):
    return UUID(key)

@shared_task
def plain(key):
    return UUID(key)

def no_task(key):
    return UUID(key)
