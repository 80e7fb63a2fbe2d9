"""Texts: what files say as they stand, each searched again only when it has changed."""

from __future__ import annotations

import functools
import os
import re


def text_of(path: str) -> str:
    """The text of a file, with a mark for what is no UTF-8; "" for one that cannot be read."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def found_in(path: str, wanted: re.Pattern[str]) -> frozenset[str]:
    """What the first group of a pattern holds at all places in a file that the pattern finds."""
    try:
        changed = os.stat(path).st_mtime_ns
    except OSError:
        return frozenset()
    return _found_in(path, changed, wanted)


@functools.lru_cache(maxsize=4096)
def _found_in(path: str, changed: int, wanted: re.Pattern[str]) -> frozenset[str]:
    """What `found_in` gives for a file as it was at a time."""
    return frozenset(match[1] for match in wanted.finditer(text_of(path)))
