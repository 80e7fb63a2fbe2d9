"""Opinions: the family AUD9."""

from __future__ import annotations

PREFIX = "AUD9"
TITLE = "Opinions"
PARAGRAPH = "What a team may want, off by default: turn single codes on with `enable`."
