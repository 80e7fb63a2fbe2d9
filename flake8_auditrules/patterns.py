"""Patterns: regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Stands for a compiled expression, whose methods are put onto it when the first of them is asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for method in ("search", "match", "fullmatch", "sub", "split", "finditer", "findall", "pattern"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """
    A regular expression, as `re.compile` gives it.

    An editor starts a process for each keystroke, and most of the package's expressions are not needed for most
    files: compiling all of them would take as long as the rules themselves.
    """
    return cast("re.Pattern[str]", _Pattern(text, flags))
