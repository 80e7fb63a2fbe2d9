"""The database: the family AUD4."""

from __future__ import annotations

PREFIX = "AUD4"
TITLE = "The database"
PARAGRAPH = (
    "Sessions, transactions and queries: unfinished savepoints, sessions left broken, rows read one by one."
)
