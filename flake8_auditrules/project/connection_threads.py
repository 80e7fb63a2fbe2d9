"""Connection threads: which threads of a project come to one connection that a module or its objects keep."""

from __future__ import annotations

import ast

from flake8_auditrules.project.callers import Caller, every_caller
from flake8_auditrules.project.lifetimes import serves_all
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.threads import thread_elsewhere
from flake8_auditrules.semantics.locks import held_at
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.shared_connections import SharedConnection
from flake8_auditrules.semantics.sharing import in_threads, shared_classes

_SHARED = frozenset({BindingKind.ASSIGNMENT, BindingKind.IMPORT})


def threads_at(project: Project, module: Module, connection: SharedConnection) -> str | None:
    """What runs in several threads and writes on a connection; None where that is not known."""
    running = in_threads(module)
    if connection.holder is None:
        for user in connection.users:
            found = running.get(user) or thread_elsewhere(project, module, user)
            if found is not None:
                return found
        return None
    is_one = connection.holder in shared_classes(module) or serves_all(project, module, connection.holder)
    for user in connection.users:
        found = running.get(user) if is_one else None
        if found is None:
            found = _runner(project, module, user, is_one)
        if found is not None:
            return found
    return None


def _runner(project: Project, module: Module, method: ast.FunctionDef, is_one: bool) -> str | None:
    """What calls a method of one object in several threads without a lock; `is_one`: there is one for all."""
    for caller in every_caller(project, module, method):
        function = caller.module.function_of(caller.call)
        found = in_threads(caller.module).get(function) if isinstance(function, ast.FunctionDef) else None
        if found is not None and not held_at(caller.module, caller.call):
            if is_one or _is_of_outside(caller):
                return found
    return None


def _is_of_outside(caller: Caller) -> bool:
    """Whether a variable of the module, or of a function around, holds what a call asks: all calls share it."""
    root: ast.expr = caller.call.func
    while isinstance(root, ast.Attribute):
        root = root.value
    if not isinstance(root, ast.Name):
        return False
    owner = caller.module.owner_of(root)
    if owner is None or owner.node is caller.module.function_of(caller.call):
        return False
    return all(binding.kind in _SHARED for binding in caller.module.bindings(root))
