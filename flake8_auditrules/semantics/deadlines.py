"""Deadlines: whether what is awaited at a place is ended after some time."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import timeouts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def has_deadline(module: Module, node: ast.AST) -> bool:
    """Whether a `wait_for`, `asyncio.timeout` block or the like of the same function ends what `node` awaits."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if isinstance(ancestor, ast.Call):
            if module.callee(ancestor) in timeouts.DEADLINE_CALLS or _reads_as_deadline(ancestor.func):
                return True
        elif isinstance(ancestor, (ast.With, ast.AsyncWith)):
            for item in ancestor.items:
                entered = item.context_expr
                if isinstance(entered, ast.Call) and (
                    module.callee(entered) in timeouts.DEADLINE_BLOCKS or _reads_as_deadline(entered.func)
                ):
                    return True
    return False


def _reads_as_deadline(function: ast.expr) -> bool:
    """Whether a function of the project's own is named like something that ends a wait."""
    name = last_name(function)
    lowered = name.lower()
    return "timeout" in lowered or "deadline" in lowered or lowered in ("wait_for", "fail_after", "move_on_after")


def called_with_deadline(module: Module, name: str) -> bool:
    """Whether some call in the module of a function or method called `name` stands under a deadline."""
    return name in module.keep("names called with a deadline", _called_with_deadline)


def _called_with_deadline(module: Module) -> frozenset[str]:
    names: set[str] = set()
    for call in module.nodes(ast.Call):
        function = call.func
        name = last_name(function)
        if name and name not in names and has_deadline(module, call):
            names.add(name)
    return frozenset(names)
