"""Whether a place has the plain form that ruff reports itself: what `beside-ruff = true` leaves to ruff."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import ruff
from flake8_auditrules.semantics.module import Module


def is_plainly_dropped_task(module: Module, call: ast.Call) -> bool:
    """Ruff's RUF006: a statement that only makes a task, by a function that is imported."""
    return isinstance(module.parent(call), ast.Expr) and _imported(module, call.func) in ruff.CREATING_TASKS


def is_plainly_untimed(module: Module, call: ast.Call) -> bool:
    """Ruff's S113: an imported function of requests without a timeout, or one of httpx too with `timeout=None`."""
    name = _imported(module, call.func)
    if name not in ruff.REQUESTS and name not in ruff.HTTPX:
        return False
    for keyword in call.keywords:
        if keyword.arg == "timeout":
            return isinstance(keyword.value, ast.Constant) and keyword.value.value is None
    return name in ruff.REQUESTS


def is_plainly_unverified(module: Module, place: ast.AST) -> bool:
    """Ruff's S501: an imported function of requests or httpx that is given `verify=False`."""
    if not isinstance(place, ast.Call):
        return False
    name = _imported(module, place.func)
    return (name in ruff.REQUESTS or name in ruff.HTTPX) and any(
        keyword.arg == "verify" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        for keyword in place.keywords
    )


def is_plainly_bare(handler: ast.ExceptHandler) -> bool:
    """Ruff's E722: an `except:` that does not raise again at its own level."""
    return handler.type is None and not any(
        isinstance(statement, ast.Raise) and statement.exc is None for statement in handler.body
    )


def is_plainly_silent(handler: ast.ExceptHandler) -> bool:
    """Ruff's S110 and S112: a handler that is nothing but `pass` or `continue`; its breadth is not asked."""
    return len(handler.body) == 1 and isinstance(handler.body[0], (ast.Pass, ast.Continue))


def is_plain_print(call: ast.Call) -> bool:
    """Ruff's T201: a call of `print` by that name."""
    return isinstance(call.func, ast.Name) and call.func.id == "print"


def is_plainly_built(statement: ast.expr) -> bool:
    """Ruff's S608, for what reads as SQL: a text that is put together in the very argument of a call."""
    if isinstance(statement, ast.Call):
        return isinstance(statement.func, ast.Attribute) and statement.func.attr == "format"
    return isinstance(statement, (ast.JoinedStr, ast.BinOp))


def _imported(module: Module, function: ast.expr) -> str | None:
    """The name of a function as its one import spells it, as ruff reads it; None for any other way to it."""
    attributes: list[str] = []
    root = function
    while isinstance(root, ast.Attribute):
        attributes.insert(0, root.attr)
        root = root.value
    bindings = module.bindings(root) if isinstance(root, ast.Name) else []
    if len(bindings) != 1 or not isinstance(bindings[0].site, ast.alias):
        return None
    alias = bindings[0].site
    statement = module.parent(alias)
    if isinstance(statement, ast.ImportFrom):
        start = f"{statement.module}.{alias.name}"
    else:
        start = alias.name if alias.asname else alias.name.partition(".")[0]
    return ".".join([start, *attributes])
