"""Errors and logs: the family AUD3."""

from __future__ import annotations

PREFIX = "AUD3"
TITLE = "Errors and logs"
PARAGRAPH = (
    "What happens when something goes wrong: swallowed exceptions, lost tracebacks, secrets and internals shown."
)
