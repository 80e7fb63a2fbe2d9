"""Calls by the last segment of what they call: `commit` of `self.session.commit()`."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from flake8_auditrules.semantics.module import Module


def calls_by_name(module: Module) -> dict[str, list[ast.Call]]:
    """All calls of a name or attribute in the module, by the last segment, each list in source order."""
    return module.keep("calls by last name", _calls_by_name)


def calls_named(module: Module, names: Iterable[str]) -> list[ast.Call]:
    """The calls whose last segment is one of `names`, in source order."""
    by_name = calls_by_name(module)
    found = [call for name in names for call in by_name.get(name, ())]
    found.sort(key=_place)
    return found


def _place(call: ast.Call) -> tuple[int, int]:
    return call.lineno, call.col_offset


def _calls_by_name(module: Module) -> dict[str, list[ast.Call]]:
    found: dict[str, list[ast.Call]] = {}
    for call in module.nodes(ast.Call):
        function = call.func
        if isinstance(function, ast.Attribute):
            found.setdefault(function.attr, []).append(call)
        elif isinstance(function, ast.Name):
            found.setdefault(function.id, []).append(call)
    return found
