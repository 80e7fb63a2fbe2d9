"""Clients and resources: the family AUD2."""

from __future__ import annotations

PREFIX = "AUD2"
TITLE = "Clients and resources"
PARAGRAPH = "Clients, connections, files and bodies: made too often, never closed, without a timeout or a bound."
