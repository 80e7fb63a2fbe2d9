"""Roles: what a function has to do with the lock itself: makes it, gives it back, or has a class without it."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.lock_discipline.uses import FUNCTIONS
from flake8_auditrules.semantics.locks import Lock, lock_of, locked_blocks
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import Access, AccessKind

_SEALED = pattern(r"(?:frozen|freeze|sealed|finali[sz]ed|locked)$")


def makes_lock(module: Module, function: FunctionNode, key: str) -> bool:
    """Whether a function makes the lock: then nobody else has it yet."""
    for node in module.own_nodes(function):
        if isinstance(node, (ast.Attribute, ast.Name)) and not isinstance(node.ctx, ast.Load):
            lock = lock_of(module, node)
            if lock is not None and lock.key == key:
                return True
    return False


def gives_back(module: Module, access: Access) -> bool:
    """Whether the function gives a lock back after a use, and has not taken it itself: somebody did before."""
    lines = [call.lineno for call in module.calls_named("release") if module.function_of(call) is access.function]
    if not lines or min(lines) < access.node.lineno:
        return False
    return not any(module.function_of(call) is access.function for call in module.calls_named("acquire"))


def is_without(module: Module, function: FunctionNode, lock: Lock) -> bool:
    """Whether a function belongs to a base class of the one that has the lock, whose own instances have none."""
    holder = module.class_of(function)
    if lock.owner is None or holder is None or holder is lock.owner:
        return False
    return module.definition(holder) in module.instances.ancestry(module.definition(lock.owner))


def is_overridden(module: Module, function: FunctionNode, lock: Lock) -> bool:
    """Whether the class that has the lock has a method of its own in place of a function of its base."""
    assert lock.owner is not None, "a base class was asked about"
    return any(isinstance(part, FUNCTIONS) and part.name == function.name for part in lock.owner.body)


def is_beside_owner(module: Module, function: FunctionNode, lock: Lock) -> bool:
    """Whether a function belongs to a class that has not got the lock: another subclass of the same base."""
    holder = module.class_of(function)
    if lock.owner is None or holder is None or holder is lock.owner:
        return False
    own, other = module.definition(holder), module.definition(lock.owner)
    ancestry = module.instances.ancestry
    return other not in ancestry(own) and own not in ancestry(other)


def asks_if_sealed(module: Module, function: FunctionNode) -> bool:
    """Whether a function refuses to change what has been sealed: `if self._frozen: raise`."""
    for part in module.own_nodes(function):
        if isinstance(part, ast.If) and any(isinstance(one, ast.Raise) for one in part.body):
            if isinstance(part.test, (ast.Attribute, ast.Name)) and _SEALED.search(last_name(part.test)):
                return True
    return False


def is_closed_before(module: Module, access: Access, lock: Lock) -> bool:
    """
    Whether the function has set an event, or a flag, under the lock before it goes through what is there.

    Those that add under the lock ask for it first, and add nothing more.
    """
    if access.kind is not AccessKind.ITERATE:
        return False
    for held, statement in locked_blocks(module):
        if held.key != lock.key or module.function_of(statement) is not access.function:
            continue
        if (statement.end_lineno or 0) >= access.node.lineno:
            continue
        for part in statement.body:
            if isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant) and part.value.value is True:
                return True
            if isinstance(part, ast.Expr) and last_name(part.value) == "set" and isinstance(part.value, ast.Call):
                return True
    return False


def emits(module: Module, function: FunctionNode) -> bool:
    """Whether a function is the `emit` of a handler of `logging`, which calls it with a lock of its own held."""
    holder = module.class_of(function)
    if function.name != "emit" or holder is None or not module.imports("logging"):
        return False
    return any(last_name(base).endswith("Handler") for base in holder.bases)
