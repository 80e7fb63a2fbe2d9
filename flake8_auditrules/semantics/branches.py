"""Branches: whether two places of a function lie on different ways through it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.semantics.module import Module

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def are_exclusive(module: Module, one: ast.AST, other: ast.AST) -> bool:
    """Whether two nodes stand in different branches of an `if` or a `try`."""
    ways = dict(_branches(module, one))
    return any(ways.get(statement, field) != field for statement, field in _branches(module, other))


def are_alternative(module: Module, one: ast.AST, other: ast.AST) -> bool:
    """Whether two nodes stand in different branches of an `if`: where one is run the other is not."""
    ways = dict(_branches(module, one))
    return any(
        isinstance(statement, ast.If) and ways.get(statement, field) != field
        for statement, field in _branches(module, other)
    )


def _branches(module: Module, node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """The `if` and `try` statements around a node, each with the branch that it stands in."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.If) and child is not ancestor.test:
            yield ancestor, "body" if child in ancestor.body else "orelse"
        elif isinstance(ancestor, ast.Try) and child not in ancestor.finalbody:
            yield ancestor, "handlers" if child in ancestor.handlers else "body"
        elif isinstance(ancestor, _FUNCTIONS):
            return
        child = ancestor
