"""Work: whether a block does something whose failure matters, or only looks at a value."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import stores
from flake8_auditrules.semantics.handlers import TIDYING, last_name, own_parts
from flake8_auditrules.semantics.module import Module

_BLOCKS = (ast.AsyncFor, ast.AsyncWith, ast.With)
# Calls for the sake of their effect that only collect what another call gives.
_COLLECTING = frozenset(
    {"add", "append", "appendleft", "discard", "extend", "insert", "pop", "setdefault", "sort", "update"}
)


def does_work(module: Module, body: list[ast.stmt]) -> bool:
    """
    Whether a block does something whose failure matters.

    That is: it waits for what is kept elsewhere, opens something, sets an attribute of another object, calls what
    by its name changes or fetches something, or asks a store of data. A block that asks a plain question,
    `codec.name_of(x)`, or makes one value of another, does none: its failure is an answer.
    """
    for part in own_parts(body):
        if isinstance(part, _BLOCKS) or (isinstance(part, ast.Await) and _asks_elsewhere(part.value)):
            return True
        if isinstance(part, ast.Assign):
            if any(_belongs_to_another(target) for target in part.targets):
                return True
        elif isinstance(part, ast.Call):
            if _reaches_out(module, part):
                return True
    return False


def _belongs_to_another(target: ast.expr) -> bool:
    """Whether an assignment changes an attribute of an object that is not the method's own."""
    return isinstance(target, ast.Attribute) and not (
        isinstance(target.value, ast.Name) and target.value.id in ("self", "cls")
    )


def _asks_elsewhere(waited: ast.expr) -> bool:
    """Whether what is awaited is a call that by its name gets something that is kept elsewhere."""
    return isinstance(waited, ast.Call) and stores.ASKS.match(last_name(waited)) is not None


def _queues(module: Module, waited: ast.expr) -> bool:
    """Whether an expression puts something into a queue in memory, which hardly fails."""
    return (
        isinstance(waited, ast.Call)
        and isinstance(waited.func, ast.Attribute)
        and waited.func.attr in ("put", "put_nowait")
        and module.text(waited.func.value, 200).lower().endswith("queue")
    )


def _reaches_out(module: Module, call: ast.Call) -> bool:
    name = last_name(call)
    if _queues(module, call) or (name == "set" and isinstance(call.func, ast.Name)) or _searches_text(call):
        return False
    if stores.FETCHES.match(name) is not None:
        return True
    if name not in _COLLECTING and name not in TIDYING and stores.DEEDS.match(name) is not None:
        if stores.SMALL_DEEDS.match(name) is None or module.awaited(call):
            return True
    return isinstance(call.func, ast.Attribute) and asks_store(module, call)


def _searches_text(call: ast.Call) -> bool:
    """Whether a call is `PATTERN.search(text)`."""
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "search"
        and isinstance(function.value, ast.Name)
        and (function.value.id.isupper() or function.value.id == "re")
    )


def asks_store(module: Module, call: ast.Call) -> bool:
    """Whether the receiver of a method call is called like a database, a store or a client."""
    if not isinstance(call.func, ast.Attribute):
        return False
    receiver = call.func.value
    while isinstance(receiver, ast.Call):
        if not isinstance(receiver.func, ast.Attribute):
            break
        receiver = receiver.func.value
    return stores.STORES.search(module.text(receiver, 200)) is not None
