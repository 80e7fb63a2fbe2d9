"""Workers and shared state: the family AUD5."""

from __future__ import annotations

PREFIX = "AUD5"
TITLE = "Workers and shared state"
PARAGRAPH = "Pools, threads, locks, shared state, queues and Celery."
