"""Asking callers: functions whose callers all have looked at what they give for a parameter."""

from __future__ import annotations

import ast
from collections.abc import Set as AbstractSet

from flake8_auditrules.project.callers import Caller, given_by_every_caller
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def callers_ask(
    project: Project, module: Module, function: FunctionNode, parameter: str, methods: AbstractSet[str]
) -> bool:
    """
    Whether every caller of a function, and there is one, has asked what it gives for a parameter by a method.

    The test stands before the call: `if not name.isidentifier(): return`.
    """
    if parameter not in module.instances.positional_parameters(function):
        return False
    given = given_by_every_caller(project, module, function, parameter)
    return bool(given) and all(_asks(caller, value, methods) for caller, value in given)


def _asks(caller: Caller, given: ast.expr | None, methods: AbstractSet[str]) -> bool:
    module, call = caller
    function = module.function_of(call)
    if not isinstance(given, ast.Name) or not isinstance(function, _FUNCTIONS):
        return False
    return any(
        use.lineno < call.lineno
        and isinstance(asked := module.parent(use), ast.Attribute)
        and asked.attr in methods
        and isinstance(module.statement(use), ast.If)
        for use in module.names_in(function).get(given.id, ())
    )
