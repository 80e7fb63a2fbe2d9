"""Calls by the last segment of what they call: `commit` of `self.session.commit()`."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from flake8_auditrules.semantics.module import Module


def calls_named(module: Module, names: Iterable[str]) -> list[ast.Call]:
    """The calls whose last segment is one of `names`, in source order."""
    by_name = module.calls_by_name()
    found = [call for name in names for call in by_name.get(name, ())]
    found.sort(key=_place)
    return found


def _place(call: ast.Call) -> tuple[int, int]:
    return call.lineno, call.col_offset
