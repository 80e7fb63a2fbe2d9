"""Broadcasts: loops that send to the web sockets of a shared container, and sockets that are put there."""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator

from flake8_auditrules.knowledge import web
from flake8_auditrules.knowledge.locks import SHRINKING
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.scopes import BindingKind, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRIES = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))
_SOCKETS = frozenset({"fastapi.WebSocket", "fastapi.websockets.WebSocket", "starlette.websockets.WebSocket"})
_FILLING = frozenset({"append", "add", "insert", "appendleft"})
_COPYING = frozenset({"list", "tuple", "set", "frozenset", "sorted", "dict"})
_VIEWS = frozenset({"values", "items", "keys"})
_RECEIVING = frozenset({"receive", "receive_text", "receive_json", "receive_bytes"})
_ITERATING = frozenset({"iter_text", "iter_json", "iter_bytes"})


class Fault(enum.Enum):
    """What is wrong with a loop that sends to many sockets."""

    ENDS = "one socket that is gone ends the loop"
    CHANGES = "the container may change its size while the loop waits"
    SKIPS = "the container may lose an element while the loop waits"


class Broadcast(NamedTuple):
    """
    A loop that sends to each socket of a shared container, and what is wrong with it, if anything.

    `send` is the first awaited send in it, `container` what the loop goes over.
    """

    loop: ast.For
    send: ast.Call
    container: ast.expr
    fault: Fault | None


class _Held(NamedTuple):
    """
    A container by the last name of its variable (`.rooms` of an attribute), how deep in it something stands
    (`rooms` 0, `rooms[key]` 1), and whether it is a copy.
    """

    name: str
    depth: int
    is_copy: bool


def broadcasts(module: Module) -> dict[ast.Call, Broadcast]:
    """The loops of the module that send to the sockets of a shared container, by their first send."""
    return module.keep("broadcasts", _broadcasts)


def _broadcasts(module: Module) -> dict[ast.Call, Broadcast]:
    found: dict[ast.For, Broadcast] = {}
    holders = _holders(module)
    if not holders:
        return {}
    for send in sorted(module.calls_named(*web.SENDING), key=lambda call: (call.lineno, call.col_offset)):
        loop = _loop(module, send)
        if loop is None or loop in found or _is_last(module, send):
            continue
        held = _held(module, loop.iter)
        if held is None or held.name not in holders:
            continue
        fault = _fault(module, loop, held) if _is_guarded(module, send, loop) else Fault.ENDS
        found[loop] = Broadcast(loop, send, loop.iter, fault)
    return {broadcast.send: broadcast for broadcast in found.values()}


def _loop(module: Module, send: ast.Call) -> ast.For | None:
    """The loop over sockets in whose body a socket is sent something."""
    receiver = send.func.value if isinstance(send.func, ast.Attribute) else None
    if not isinstance(receiver, ast.Name) or not module.awaited(send):
        return None
    for ancestor in module.ancestors(send):
        if isinstance(ancestor, ast.For):
            if any(isinstance(one, ast.Name) and one.id == receiver.id for one in ast.walk(ancestor.target)):
                return ancestor
        elif isinstance(ancestor, (*_FUNCTIONS, ast.Lambda)):
            return None
    return None


def _is_last(module: Module, send: ast.Call) -> bool:
    """Whether the loop ends after a send: it looks for one socket."""
    statement = module.statement(send)
    parent = module.parent(statement)
    block = getattr(parent, "body", [])
    return statement in block and any(isinstance(one, (ast.Break, ast.Return)) for one in block)


def _is_guarded(module: Module, send: ast.Call, loop: ast.For) -> bool:
    """Whether something inside the loop catches the failure of a send, or may do so."""
    child: ast.AST = send
    for ancestor in module.ancestors(send):
        if ancestor is loop:
            return False
        if isinstance(ancestor, _TRIES) and child in ancestor.body and ancestor.handlers:
            return True
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            return True
        child = ancestor
    return False


def _fault(module: Module, loop: ast.For, held: _Held) -> Fault | None:
    """What goes wrong when another task changes the container that a loop with guarded sends goes over."""
    if held.is_copy:
        return None
    lock = _lock_around(module, loop)
    changes = [
        change
        for change in _changes(module)
        if change.held[:2] == held[:2] and (lock is None or _lock_around(module, change.node) != lock)
    ]
    shrinks = [change for change in changes if change.shrinks and loop not in module.ancestors(change.node)]
    if isinstance(loop.iter, ast.Call) or any(
        change.of_key or change.method in ("add", "discard") for change in changes
    ):
        # Of a dict or set: any change of the size.
        others = [change for change in changes if loop not in module.ancestors(change.node)]
        return Fault.CHANGES if others else None
    return Fault.SKIPS if shrinks else None


def _lock_around(module: Module, node: ast.AST) -> str | None:
    """The text of what an `async with` around a node waits for and gives no name to: a lock."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.AsyncWith):
            item = ancestor.items[0]
            return module.source(item.context_expr) if item.optional_vars is None else None
        if isinstance(ancestor, _FUNCTIONS):
            return None
    return None


# -- containers --------------------------------------------------------------------------------------------


class _Change(NamedTuple):
    """A place that changes the size of a container: by a method, or by a key that is set or deleted."""

    node: ast.AST
    held: _Held
    method: str
    shrinks: bool
    of_key: bool
    value: ast.expr | None


def _changes(module: Module) -> list[_Change]:
    return module.keep("changes of containers", lambda module: list(_read_changes(module)))


def _read_changes(module: Module) -> Iterator[_Change]:
    for call in module.calls_named(*_FILLING, *SHRINKING):
        function = call.func
        if not isinstance(function, ast.Attribute):
            continue
        held = _held(module, function.value)
        if held is not None:
            value = call.args[-1] if call.args and function.attr in _FILLING else None
            of_key = function.attr == "pop" and bool(call.args)
            yield _Change(call, held, function.attr, function.attr in SHRINKING, of_key, value)
    for subscript in module.nodes(ast.Subscript):
        if isinstance(subscript.ctx, ast.Load):
            continue
        held = _held(module, subscript.value)
        if held is not None:
            parent = module.parent(subscript)
            value = parent.value if isinstance(parent, ast.Assign) else None
            yield _Change(subscript, held, "", isinstance(subscript.ctx, ast.Del), True, value)


def _held(module: Module, expression: ast.expr, hops: int = 0) -> _Held | None:
    """The shared container that an expression is, is a view or copy of, or is held in."""
    if isinstance(expression, ast.Attribute):
        return _Held(f".{expression.attr}", 0, False)
    if isinstance(expression, ast.Subscript):
        inner = _held(module, expression.value, hops)
        if inner is None:
            return None
        if isinstance(expression.slice, ast.Slice):
            return inner._replace(is_copy=True)
        return inner._replace(depth=inner.depth + 1)
    if isinstance(expression, ast.Name):
        return _held_by_name(module, expression, hops)
    if not isinstance(expression, ast.Call):
        return None
    function = expression.func
    if isinstance(function, ast.Name):
        if function.id in _COPYING and expression.args:
            inner = _held(module, expression.args[0], hops)
            return inner._replace(is_copy=True) if inner is not None else None
        return None
    if not isinstance(function, ast.Attribute):
        return None
    inner = _held(module, function.value, hops)
    if inner is None:
        return None
    if function.attr in _VIEWS:
        return inner
    if function.attr in ("get", "setdefault", "pop"):
        return inner._replace(depth=inner.depth + 1)
    return inner._replace(is_copy=True) if function.attr == "copy" else None


def _held_by_name(module: Module, name: ast.Name, hops: int) -> _Held | None:
    bindings = module.bindings(name)
    owner = module.owner_of(name)
    if owner is None or not bindings:
        return None
    if owner.kind is ScopeKind.MODULE:
        return _Held(name.id, 0, False)
    if (
        len(bindings) != 1
        or bindings[0].kind is not BindingKind.ASSIGNMENT
        or bindings[0].value is None
        or hops > 2
    ):
        return None
    return _held(module, bindings[0].value, hops + 1)


def _holders(module: Module) -> frozenset[str]:
    """The last names of the variables that hold web sockets: by annotation, or by what is put into them."""
    return module.keep("containers of sockets", _read_holders)


def _read_holders(module: Module) -> frozenset[str]:
    found: set[str] = set()
    for statement in module.nodes(ast.AnnAssign):
        target = statement.target
        if isinstance(target, ast.Attribute):
            name = f".{target.attr}"
        else:
            in_class = isinstance(module.parent(statement), ast.ClassDef)
            name = ("." if in_class else "") + getattr(target, "id", "")
        if (
            isinstance(statement.annotation, ast.Subscript)
            and name
            and _names_socket(module, statement.annotation)
        ):
            found.add(name)
    for change in _changes(module):
        if isinstance(change.value, ast.Name) and module.instance_of(change.value) in _SOCKETS:
            found.add(change.held.name)
    return frozenset(found)


def _names_socket(module: Module, annotation: ast.expr) -> bool:
    return any(
        isinstance(node, (ast.Name, ast.Attribute)) and module.qualname(node) in _SOCKETS
        for node in ast.walk(annotation)
    )


# -- sockets that stay -------------------------------------------------------------------------------------


def is_left_behind(module: Module, call: ast.Call) -> bool | None:
    """
    Whether a socket that a route puts into a container stays there when its client goes away.

    None for a call that puts no socket anywhere, or where that cannot be told.
    """
    function = module.function_of(call)
    if not isinstance(function, ast.AsyncFunctionDef) or role_of(module, function) is not Role.WEBSOCKET:
        return None
    added = next((change for change in _changes(module) if change.node is call), None)
    if added is None or not isinstance(added.value, ast.Name):
        return None
    if module.instance_of(added.value) not in _SOCKETS:
        return None
    removed = False
    waits = False
    for node in module.own_nodes(function):
        if isinstance(node, (*_TRIES, ast.With, ast.AsyncWith)):
            return False
        if isinstance(node, ast.Call):
            waits = waits or (last_name(node) in _RECEIVING and node.lineno > call.lineno)
            if last_name(node) in _ITERATING:
                return False
    for change in _changes(module):
        if change.shrinks and change.held.name == added.held.name:
            if module.function_of(change.node) is not function:
                return None
            removed = True
    return waits and removed
