"""What runs for requests or jobs: routes, tasks, coroutines, the limiters of others' requests."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.lock_order import functions_called_by
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.routes import Role, roles
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import (
    Access,
    callers,
)

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Whose requests a limiter counts.
_LIMITER = pattern(r"rate_?limit|limiter|throttl|quota", re.IGNORECASE)


def is_reset(module: Module, access: Access) -> bool:
    """Whether a use empties a limiter by a method that nothing here calls: tests begin anew with it."""
    parent = module.parent(access.node)
    if (
        not isinstance(parent, ast.Attribute)
        or parent.attr != "clear"
        or not isinstance(access.function, _FUNCTIONS)
    ):
        return False
    return access.function.name in ("reset", "reset_all", "clear") and not callers(module, access.function).calls


def request_functions(module: Module) -> frozenset[FunctionNode]:
    """The functions of this module that run for requests or jobs: routes, tasks, coroutines, what they call."""
    return module.keep("functions of requests", _find_request_functions)


def _find_request_functions(module: Module) -> frozenset[FunctionNode]:
    found: set[FunctionNode] = {
        function for function, role in roles(module).items() if role is not Role.ERROR_HANDLER
    }
    found.update(module.nodes(ast.AsyncFunctionDef))
    for holder in limiters(module):
        for part in holder.body:
            if isinstance(part, ast.FunctionDef) and not _sets_limits(part):
                found.add(part)
    pending = list(found)
    while pending:
        function = pending.pop()
        for _, called in functions_called_by(module, function):
            if called not in found:
                found.add(called)
                pending.append(called)
    return frozenset(found)


def classes_with_routes(module: Module) -> frozenset[ast.ClassDef]:
    """The classes whose methods define routes: one object of them is an application, or a part of one."""
    found: set[ast.ClassDef] = set()
    for function, role in roles(module).items():
        if role in (Role.ROUTE, Role.WEBSOCKET):
            holder = module.class_of(module.function_of(function) or function)
            if holder is not None and module.function_of(function) is not None:
                found.add(holder)
    return frozenset(found)


def limiters(module: Module) -> frozenset[ast.ClassDef]:
    """The classes that count the requests of others, by their name; one that waits holds back its own requests."""
    return module.keep("limiters of requests", _find_limiters)


def _find_limiters(module: Module) -> frozenset[ast.ClassDef]:
    return frozenset(
        holder
        for holder in module.nodes(ast.ClassDef)
        if _LIMITER.search(holder.name)
        and not any(isinstance(part, _FUNCTIONS) and _counts_own(part) for part in holder.body)
        and not any(module.enclosing(call, ast.ClassDef) is holder for call in module.calls_named("sleep", "wait"))
    )


def _sets_limits(function: ast.FunctionDef) -> bool:
    """Whether a method of a limiter says how much is allowed, or counts what goes out to others."""
    return _SETTING.match(function.name) is not None or _counts_own(function)


def _counts_own(function: FunctionNode) -> bool:
    """Whether a method is told which of the program's own parts, or of others, is called."""
    return any(_GOES_OUT.search(argument.arg) for argument in (*function.args.args, *function.args.kwonlyargs))


_SETTING = pattern(r"(?:set|add|register|configure|define|load)(?:_|$)")
_GOES_OUT = pattern(
    r"^(?:tool|namespace|model|provider|upstream|backend|endpoint|server|service|api|domain|exchange|broker)(?:_|$)"
)
