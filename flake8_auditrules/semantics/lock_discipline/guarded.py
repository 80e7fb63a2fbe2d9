"""Guarded: the variables that are written while a lock is held."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge.locks import LockKind
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.lock_discipline.belonging import is_never_made, is_of_one_object
from flake8_auditrules.semantics.lock_discipline.surroundings import waits_in_loop
from flake8_auditrules.semantics.lock_discipline.uses import FUNCTIONS, WAITING, locks_held
from flake8_auditrules.semantics.locks import Lock, locked_blocks
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.shared_state import (
    WRITES,
    Access,
    AccessKind,
    Variable,
    access_kind,
    accesses,
    variable_of,
)


def written_under_locks(module: Module) -> dict[Variable, dict[str, Lock]]:
    """
    The variables that are written while a lock is held, with those locks.

    Under a lock for tasks only what is used before an await and written after it needs the lock at all.
    """
    found: dict[Variable, dict[str, Lock]] = {}
    for lock, statement in locked_blocks(module):
        if not lock.is_shared or (lock.known is not None and lock.known.counted) or is_never_made(module, lock):
            continue
        if isinstance(statement, ast.With):
            if lock.known is not None and lock.known.kind is not LockKind.THREAD:
                continue
        elif not lock.is_kind(LockKind.TASK):
            continue
        for variable in _written_in(module, statement):
            if is_of_one_object(variable, lock):
                continue
            if isinstance(statement, ast.With) or _is_used_across_await(module, variable, statement):
                found.setdefault(variable, {})[lock.key] = lock
        if isinstance(statement, ast.AsyncWith):
            for variable in _looped_over(module, statement):
                found.setdefault(variable, {})[lock.key] = lock
    return found


def _is_used_across_await(module: Module, variable: Variable, statement: ast.AsyncWith) -> bool:
    """
    Whether a block needs its lock for a variable: it uses it, waits, and then assigns it; or it waits in a loop
    over it.
    """
    inside = set(own_parts(statement.body))
    waits = [part for part in inside if isinstance(part, WAITING)]
    used = [access for access in accesses(module, variable) if access.node in inside]
    for access in used:
        if access.kind is AccessKind.ITERATE and waits_in_loop(module, access):
            return True
        if access.kind not in (AccessKind.REBIND, AccessKind.UPDATE):
            continue
        stored = module.statement(access.node)
        for wait in waits:
            if module.statement(wait) is not stored and wait.lineno > access.node.lineno:
                continue
            if access.kind is AccessKind.UPDATE and module.statement(wait) is stored:
                # `x += await f()` reads x before it waits.
                return True
            if any(other.node.lineno <= wait.lineno and other.node is not access.node for other in used):
                return True
    return False


def _looped_over(module: Module, statement: ast.AsyncWith) -> Iterator[Variable]:
    """The variables over which a block loops and waits meanwhile."""
    for part in own_parts(statement.body):
        if isinstance(part, ast.For):
            for node in ast.walk(part.iter):
                variable = variable_of(module, node) if isinstance(node, (ast.Attribute, ast.Name)) else None
                if variable is None:
                    continue
                for access in accesses(module, variable):
                    if access.node is node and access.kind is AccessKind.ITERATE and waits_in_loop(module, access):
                        yield variable


def _written_in(module: Module, statement: ast.With | ast.AsyncWith) -> Iterator[Variable]:
    """The variables that the block of a `with` writes itself."""
    pending: list[ast.AST] = list(statement.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.Attribute, ast.Name)):
            variable = variable_of(module, node)
            if variable is not None:
                if access_kind(module, node) in WRITES:
                    yield variable
                continue
        if not isinstance(node, (*FUNCTIONS, ast.Lambda, ast.ClassDef)):
            pending.extend(ast.iter_child_nodes(node))


def iterated(module: Module, uses: list[Access], key: str) -> list[Access]:
    """The uses under a lock that loop over the variable and wait meanwhile."""
    return [
        access
        for access in uses
        if access.kind is AccessKind.ITERATE
        and key in locks_held(module, access)
        and waits_in_loop(module, access)
    ]
