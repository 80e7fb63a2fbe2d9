"""Work: whether a block does something whose failure matters, or only looks at a value."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import stores
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.handlers import TIDYING, last_name, own_parts
from flake8_auditrules.semantics.module import Module

_BLOCKS = (ast.AsyncFor, ast.AsyncWith, ast.With)
# How calls end that look at the file system.
_FILES = ("_dir", "_dirs", "_file", "_files", "_folder", "_path", "_paths")
# Called like a store, and most often something else: the repository of a version control system, an index of rows.
_THINGS = pattern(r"(?:^|_|\.)(?:collection|graph|index|repo|repository|table)$", re.IGNORECASE)
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


def first_loss(module: Module, body: list[ast.stmt], *, answers: bool) -> ast.Call | None:
    """
    The first call of a block that plainly changes what is kept, or, where `answers` are asked for, takes something
    away from a store or gets data from one or from another machine: when it fails, somebody misses it. None where
    there is none.

    Narrower than `does_work`: a call whose name could as well be one of a container, a widget or a tensor counts
    only where it is made on what is called like a store, or given one. Looking at files does not count: that one
    cannot be read is most often the same as that there is none. Nor does telling others: who does not hear of it
    is gone.
    """
    return next(
        (
            part
            for part in own_parts(body)
            if isinstance(part, ast.Call)
            and (_is_missed_change(module, part, answers) or (answers and _is_missed_answer(module, part)))
        ),
        None,
    )


def _is_missed_change(module: Module, call: ast.Call, removals: bool) -> bool:
    name = last_name(call)
    if name in TIDYING or _queues(module, call):
        return False
    if name in ("open", "dump"):
        return _writes_file(module, call)
    if name == "execute":
        return asks_store(module, call) and stores.CHANGING.search(module.text(call, 300)) is not None
    if stores.KEEPING.match(name) is not None and name not in _COLLECTING:
        return True
    if isinstance(call.func, ast.Attribute) and _is_of_schema(module, call.func):
        # What is dropped may not be there; what a `batch_alter_table` does is done by the calls in it.
        return not name.startswith(("batch_", "drop_"))
    if (
        stores.DEEDS.match(name) is None
        or stores.FETCHES.match(name) is not None
        or stores.TELLING.match(name) is not None
        or not (removals or stores.REMOVING.match(name) is None)
    ):
        return False
    return asks_store(module, call) or (
        stores.SMALL_DEEDS.match(name) is None
        and any(_is_store(module, given) for given in (*call.args, *(word.value for word in call.keywords)))
    )


def _is_missed_answer(module: Module, call: ast.Call) -> bool:
    name = last_name(call)
    if _searches_text(call) or name.endswith(_FILES):
        return False
    if stores.BRINGING.match(name) is not None:
        return True
    if stores.FETCHES.match(name) is not None:
        return asks_store(module, call) or module.awaited(call)
    if module.awaited(call) and stores.ASKS.match(name) is not None:
        return True
    if not asks_store(module, call) or not isinstance(call.func, ast.Attribute):
        return False
    if _THINGS.search(module.text(call.func.value, 200)) is not None:
        return module.awaited(call)
    return name in stores.READING or stores.GETTING.match(name) is not None


def _is_of_schema(module: Module, function: ast.Attribute) -> bool:
    """Whether a method changes the schema of a database in a migration: `op.add_column`, `batch_op.add_column`."""
    receiver = function.value
    return (isinstance(receiver, ast.Name) and receiver.id == "batch_op") or (
        module.qualname(function) or ""
    ).startswith(stores.SCHEMA)


def _is_store(module: Module, given: ast.expr) -> bool:
    return (
        isinstance(given, (ast.Name, ast.Attribute)) and stores.STORES.search(module.text(given, 200)) is not None
    )


def _writes_file(module: Module, call: ast.Call) -> bool:
    """Whether a call opens a file to write, or dumps a value into one."""
    if last_name(call) == "dump":
        return len(call.args) > 1
    mode = module.argument(call, "mode", 0 if isinstance(call.func, ast.Attribute) else 1)
    return (
        isinstance(mode, ast.Constant) and isinstance(mode.value, str) and not set("wax+").isdisjoint(mode.value)
    )
