"""Callbacks that are called while the lock which guards their registry is held."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge.locks import LockKind
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.locks import Lock, locked_blocks
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.shared_state import AccessKind, accesses, held_by_callers, variable_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COPIES = frozenset({"builtins.list", "builtins.tuple", "builtins.set", "builtins.reversed", "builtins.sorted"})
_VIEWS = frozenset({"values", "items", "copy", "get", "keys"})


class CallbackCall(NamedTuple):
    """A call of a registered callback: the call, the lock that is held, and the registry."""

    call: ast.Call
    lock: Lock
    registry: ast.Attribute | ast.Name


def callbacks_under_lock(module: Module, *, reentrant: bool) -> list[CallbackCall]:
    """The calls of elements of a registry, made under the lock under which others change that registry."""
    found: list[CallbackCall] = []
    for lock, statement in locked_blocks(module):
        if not _waits_for_itself(lock, reentrant):
            continue
        for part in own_parts(statement.body):
            if isinstance(part, ast.Call) and not _keeps_what_is_made(module, part):
                registry = _registry(module, part.func, statement)
                if registry is not None and _is_registered_under(module, registry, lock, statement):
                    found.append(CallbackCall(part, lock, registry))
    return found


def _keeps_what_is_made(module: Module, call: ast.Call) -> bool:
    """Whether a call makes an entry, `made[name] = registered()`: that is no message to who registered it."""
    parent = module.parent(call)
    return isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Subscript)


def _waits_for_itself(lock: Lock, reentrant: bool) -> bool:
    known = lock.known
    if known is None or known.counted or known.kind is LockKind.PROCESS:
        return False
    return reentrant or not known.reentrant


def _registry(
    module: Module, called: ast.expr, statement: ast.With | ast.AsyncWith
) -> ast.Attribute | ast.Name | None:
    """The attribute or module variable whose element a call calls: a loop's variable, or `registry[key]`."""
    if isinstance(called, ast.Subscript):
        return _variable(module, called.value)
    if not isinstance(called, ast.Name):
        return None
    for source in _sources(module, called):
        found = _variable(module, source)
        if found is not None and any(found is part for part in ast.walk(statement)):
            return found
    return None


def _sources(module: Module, name: ast.Name) -> Iterator[ast.expr]:
    """The expressions whose elements, or whose value, a local name stands for."""
    for binding in module.bindings(name):
        if binding.kind in (BindingKind.LOOP, BindingKind.ASSIGNMENT) and binding.value is not None:
            yield binding.value
        elif binding.kind is BindingKind.UNPACKED:
            loop = module.enclosing(binding.site, ast.For)
            if loop is not None and any(binding.site is part for part in ast.walk(loop.target)):
                yield loop.iter


def _variable(module: Module, expression: ast.expr) -> ast.Attribute | ast.Name | None:
    """The shared variable behind copies, views and elements of it."""
    while True:
        if isinstance(expression, ast.Subscript):
            expression = expression.value
        elif isinstance(expression, ast.Call):
            function = expression.func
            if isinstance(function, ast.Attribute) and function.attr in _VIEWS:
                expression = function.value
            elif module.qualname(function) in _COPIES and len(expression.args) == 1:
                expression = expression.args[0]
            else:
                return None
        else:
            break
    if isinstance(expression, (ast.Attribute, ast.Name)) and variable_of(module, expression) is not None:
        return expression
    return None


def _is_registered_under(
    module: Module, registry: ast.Attribute | ast.Name, lock: Lock, statement: ast.With | ast.AsyncWith
) -> bool:
    """Whether another function changes the registry under the same lock, with something that it was given."""
    variable = variable_of(module, registry)
    assert variable is not None
    here = module.function_of(statement)
    if any(_stores_weak_reference(module, access.node) for access in accesses(module, variable)):
        # Calling a weak reference gives its object: no code of anybody runs.
        return False
    for access in accesses(module, variable):
        if access.kind is AccessKind.READ or access.kind is AccessKind.ITERATE or access.function is here:
            continue
        if not isinstance(access.function, _FUNCTIONS):
            continue
        if lock.key in access.held.keys | held_by_callers(module, access.function).keys:
            parameters = {argument.arg for argument in access.function.args.args}
            changing = module.statement(access.node)
            # The key under which something is stored says nothing of what is stored.
            stored = changing.value if isinstance(changing, ast.Assign) else changing
            if any(isinstance(part, ast.Name) and part.id in parameters - {"self"} for part in ast.walk(stored)):
                return True
    return False


def _stores_weak_reference(module: Module, use: ast.AST) -> bool:
    return any(
        isinstance(part, ast.Call) and module.callee(part) == "weakref.ref"
        for part in ast.walk(module.statement(use))
        if isinstance(module.statement(use), (ast.Assign, ast.Expr))
    )
