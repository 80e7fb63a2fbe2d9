"""Settings: the family AUD7."""

from __future__ import annotations

PREFIX = "AUD7"
TITLE = "Settings"
PARAGRAPH = "Settings, environment variables and what is made of them."
