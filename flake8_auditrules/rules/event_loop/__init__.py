"""The event loop: the family AUD1."""

from __future__ import annotations

PREFIX = "AUD1"
TITLE = "The event loop"
PARAGRAPH = "What blocks or breaks the event loop: blocking calls, swallowed cancellation, lost tasks, locks."
