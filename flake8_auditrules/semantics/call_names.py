"""Calls by the last segment of what they call: `commit` of `self.session.commit()`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence

from flake8_auditrules.semantics.module import Module


def calls_by_name(module: Module) -> Mapping[str, Sequence[ast.Call]]:
    """All calls of a name or attribute in the module, by the last segment, each list in source order."""
    return module.calls_by_name()


def calls_named(module: Module, names: Iterable[str]) -> list[ast.Call]:
    """The calls whose last segment is one of `names`, in source order."""
    by_name = calls_by_name(module)
    found = [call for name in names for call in by_name.get(name, ())]
    found.sort(key=_place)
    return found


def _place(call: ast.Call) -> tuple[int, int]:
    return call.lineno, call.col_offset
