"""The web: the family AUD6."""

from __future__ import annotations

PREFIX = "AUD6"
TITLE = "The web"
PARAGRAPH = "Routes, requests, sockets and what reaches them from outside."
