"""Entries of a container: which uses add one, leave all, or take parts of one away again."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.locks import SHRINKING
from flake8_auditrules.semantics.keyed_state.keys import bindings_of
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import Binding, BindingKind
from flake8_auditrules.semantics.shared_state import (
    Access,
    accesses,
    runs_first,
    variable_of,
)

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_READING = frozenset(
    {
        "get",
        "keys",
        "values",
        "items",
        "copy",
        "setdefault",
        "update",
        "add",
        "append",
        "__contains__",
        "move_to_end",
    }
)
_LOOKING = frozenset(
    f"builtins.{name}"
    for name in (
        "all",
        "any",
        "bool",
        "dict",
        "enumerate",
        "isinstance",
        "list",
        "max",
        "min",
        "print",
        "repr",
        "set",
        "sorted",
        "str",
        "sum",
        "tuple",
    )
)


def added_key(module: Module, access: Access) -> ast.expr | None:
    """The key under which a use adds an entry."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript) and parent.value is access.node and isinstance(parent.ctx, ast.Store):
        return parent.slice
    if isinstance(parent, ast.Subscript) and parent.value is access.node:
        # `self.messages[user].append(...)` makes an entry of a defaultdict.
        if not module.imports("collections"):
            return None
        if module.instance_of(access.node) == "collections.defaultdict" or any(
            binding.value is not None and module.instance_of(binding.value) == "collections.defaultdict"
            for binding in bindings_of(module, access.node)
        ):
            return parent.slice
        return None
    if isinstance(parent, ast.Attribute) and parent.attr in ("setdefault", "add"):
        call = module.parent(parent)
        if isinstance(call, ast.Call) and call.func is parent and call.args:
            return call.args[0]
    return None


def only_looks_or_adds(module: Module, access: Access) -> bool:
    """Whether a use leaves all entries where they are, and gives the container to nobody."""
    if not isinstance(access.node.ctx, ast.Load):
        if isinstance(module.parent(access.node), (ast.Assign, ast.AnnAssign)):
            function = access.function
            return function is None or (isinstance(function, _FUNCTIONS) and runs_first(module, function))
        return False
    return leaves_entries(module, access.node)


def leaves_entries(module: Module, node: ast.Attribute | ast.Name) -> bool:
    """Whether a place that reads a container leaves all its entries there, and gives it to nobody."""
    parent = module.parent(node)
    if isinstance(parent, ast.Subscript) and parent.value is node:
        return not isinstance(parent.ctx, ast.Del)
    if isinstance(parent, ast.Attribute):
        call = module.parent(parent)
        return isinstance(call, ast.Call) and call.func is parent and parent.attr in _READING - {"copy"}
    if isinstance(
        parent, (ast.Compare, ast.For, ast.AsyncFor, ast.comprehension, ast.If, ast.BoolOp, ast.UnaryOp)
    ):
        return True
    if isinstance(parent, ast.Call) and node in parent.args:
        name = module.callee(parent)
        if name == "builtins.len":
            return not isinstance(module.parent(parent), (ast.Compare, ast.BinOp))
        return name in _LOOKING
    return False


def keeps_much(module: Module, access: Access) -> bool:
    """
    Whether an entry is more than a number, a flag or a text: an object, a list that grows, a lock; or one that
    counts what runs, `x[key] -= 1`, and is of no use at zero.
    """
    entry = module.parent(access.node)
    if isinstance(entry, ast.Subscript):
        place = module.parent(entry)
        if isinstance(place, ast.AugAssign):
            return isinstance(place.op, ast.Add) and _is_counted_down(module, access)
        if isinstance(place, (ast.Assign, ast.AnnAssign)):
            return place.value is not None and _is_large(module, place.value, 0)
        made = [binding.value for binding in bindings_of(module, access.node)]
        return any(
            isinstance(value, ast.Call)
            and bool(value.args)
            and last_name(value.args[0]) not in ("int", "float", "bool", "str")
            for value in made
        )
    call = module.parent(entry) if isinstance(entry, ast.Attribute) else None
    if not isinstance(call, ast.Call) or last_name(call) != "setdefault" or len(call.args) < 2:
        return False
    return _is_large(module, call.args[1], 0) and not _is_emptied(module, call)


def loses_parts(module: Module, access: Access) -> bool:
    """Whether a place takes something out of an entry, `handlers.get(key, {}).pop(part)`: what stays is empty."""
    variable = variable_of(module, access.node)
    assert variable is not None, "an access is one of a variable"
    for other in accesses(module, variable):
        entry = module.parent(other.node)
        if isinstance(entry, ast.Attribute) and entry.attr == "get":
            entry = module.parent(entry)
        method = module.parent(entry) if isinstance(entry, (ast.Call, ast.Subscript)) else None
        if isinstance(method, ast.Attribute) and method.attr in SHRINKING:
            return True
    return False


def _is_counted_down(module: Module, access: Access) -> bool:
    """Whether another place takes off what a use has added to an entry."""
    variable = variable_of(module, access.node)
    assert variable is not None, "an access is one of a variable"
    for other in accesses(module, variable):
        entry = module.parent(other.node)
        place = module.parent(entry) if isinstance(entry, ast.Subscript) else None
        if isinstance(place, ast.AugAssign) and isinstance(place.op, ast.Sub):
            return True
    return False


def _is_large(module: Module, value: ast.expr, hops: int) -> bool:
    """Whether a value is an object of its own: made by a class, awaited, a container, or handed in."""
    if isinstance(value, (ast.Await, ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)):
        return True
    if isinstance(value, ast.Call):
        name = last_name(value).lstrip("_")
        return name[:1].isupper() or name in _MAKING
    if isinstance(value, ast.Tuple):
        return any(_is_large(module, part, hops) for part in value.elts)
    if isinstance(value, ast.Name) and hops < 3:
        for binding in module.bindings(value):
            if binding.kind is BindingKind.PARAMETER:
                return not _is_small_parameter(binding)
            if binding.value is not None and _is_large(module, binding.value, hops + 1):
                return True
    return False


_MAKING = frozenset(
    {"create_task", "ensure_future", "connect", "open", "list", "dict", "set", "deque", "defaultdict"}
)


def _is_small_parameter(binding: Binding) -> bool:
    """Whether a parameter is a number, a flag or a text by its annotation."""
    return binding.annotation is not None and any(
        isinstance(part, ast.Name) and part.id in ("bool", "datetime", "float", "int", "str")
        for part in ast.walk(binding.annotation)
    )


def _is_emptied(module: Module, call: ast.Call) -> bool:
    """Whether the list that a call gives is emptied again: `lines = logs.setdefault(key, [])`, `lines.clear()`."""
    statement = module.parent(call)
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    return any(
        isinstance(other.func, ast.Attribute)
        and isinstance(other.func.value, ast.Name)
        and other.func.value.id in names
        and module.function_of(other) is module.function_of(call)
        for other in module.calls_named("clear")
    )
