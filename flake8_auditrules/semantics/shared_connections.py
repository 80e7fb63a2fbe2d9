"""Shared connections: one connection of a driver that a module or an object keeps, and who writes on it."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_auditrules.knowledge import database
from flake8_auditrules.knowledge.locks import LOCKS
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.locks import held_at
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import assigned_target
from flake8_auditrules.semantics.programs import has_main_guard
from flake8_auditrules.semantics.scopes import ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OPENERS = database.UNSHAREABLE.union(database.TRANSACTION_SHARING)
_TAIL = "connect"
# What ends each statement's transaction at once.
_AT_ONCE = frozenset({"autocommit", "isolation_level", "set_isolation_level", "set_session"})
_LOCK_PACKAGES = frozenset(name.partition(".")[0] for name in LOCKS)


class SharedConnection(NamedTuple):
    """
    A connection that lives on after the function which opens it.

    `call` opens it, `text` is how it is named, `holder` the class whose objects keep it (None: the module does),
    `users` are the functions in which threads would be in each other's way.
    """

    call: ast.Call
    text: str
    holder: ast.ClassDef | None
    users: tuple[ast.FunctionDef, ...]


def shared_connections(module: Module) -> list[SharedConnection]:
    """
    The connections of drivers that a module or its objects keep and use without a lock, in source order.

    Of SQLite those alone that are opened for several threads. None where each statement is a transaction.
    """
    if not module.imports(*database.DRIVERS):
        return []
    found: list[SharedConnection] = []
    for call in module.calls_named(_TAIL):
        opened = module.callee(call)
        if opened in _OPENERS and _may_be_shared(module, call, opened):
            kept = _kept(module, call, is_any_use_bad=opened in database.UNSHAREABLE)
            if kept is not None and kept.users:
                found.append(kept)
    return found


def _may_be_shared(module: Module, call: ast.Call, opened: str) -> bool:
    if module.has_unpacking(call) or any(keyword.arg in _AT_ONCE for keyword in call.keywords):
        return False
    if any(node.attr in _AT_ONCE for name in _AT_ONCE for node in module.attributes_named(name)):
        return False
    allowing = database.TRANSACTION_SHARING.get(opened)
    if not allowing:
        return True
    given = module.argument(call, allowing)
    return isinstance(given, ast.Constant) and given.value is False


def _kept(module: Module, call: ast.Call, *, is_any_use_bad: bool) -> SharedConnection | None:
    """The connection that a module's variable, or an attribute of `self`, always holds; with who uses it."""
    target = assigned_target(module.parent(call))
    function = module.function_of(call)
    if isinstance(target, ast.Name):
        owner = module.owner_of(target)
        if function is not None or owner is None or owner.kind is not ScopeKind.MODULE or has_main_guard(module):
            return None
        if len(module.sites_of(target)) != 1:
            return None
        uses = [name for name in module.nodes(ast.Name) if name.id == target.id]
        return SharedConnection(call, target.id, None, _users(module, uses, is_any_use_bad))
    holder = module.class_of(function) if isinstance(function, _FUNCTIONS) else None
    if not isinstance(target, ast.Attribute) or holder is None or not _is_self(target.value):
        return None
    if _has_lock(module, holder):
        return None
    own = [
        node
        for node in module.attributes_named(target.attr)
        if _is_self(node.value) and module.enclosing(node, ast.ClassDef) is holder
    ]
    users = _users(module, own, is_any_use_bad)
    return SharedConnection(call, module.text(target), holder, users)


def _is_self(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Name) and expression.id == "self"


def _has_lock(module: Module, holder: ast.ClassDef) -> bool:
    """Whether a class, or the level of its module, has a lock at all."""
    if not module.imports(*_LOCK_PACKAGES):
        return False
    return any(
        module.enclosing(call, ast.ClassDef) in (holder, None) and module.callee(call) in LOCKS
        for call in module.calls_named("Lock", "RLock", "Semaphore", "Condition")
    )


def _users(module: Module, uses: Sequence[ast.expr], is_any_use_bad: bool) -> tuple[ast.FunctionDef, ...]:
    """The plain functions that commit on the connection, or for some drivers use it at all, without a lock."""
    found: dict[ast.FunctionDef, None] = {}
    for use in uses:
        parent = module.parent(use)
        function = module.function_of(use)
        if not isinstance(function, ast.FunctionDef) or function.name == "__init__":
            continue
        commits = isinstance(parent, ast.withitem) or (
            isinstance(parent, ast.Attribute) and parent.attr == "commit"
        )
        works = is_any_use_bad and isinstance(parent, ast.Attribute) and parent.attr in ("cursor", "commit")
        if (commits or works) and not held_at(module, use) and not _is_in_text(module, use):
            found[function] = None
    return tuple(found)


def _is_in_text(module: Module, use: ast.expr) -> bool:
    """Whether a use stands in a `with` block that is named for a lock."""
    return any(
        "lock" in module.text(item.context_expr).lower()
        for ancestor in module.ancestors(use)
        if isinstance(ancestor, (ast.With, ast.AsyncWith))
        for item in ancestor.items
    )
