"""Guarding decorators: those of the project that run a function in a `try`, and let none of its failures out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.project.definitions import Definition, function_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Decorators that change how a function is looked up, not what happens when it is called.
_BINDING = frozenset({"staticmethod", "classmethod", "override"})


def is_guarded(project: Project, definition: Definition) -> bool:
    """Whether the outermost decorator of a function takes in every failure of it."""
    module = definition.module
    outermost = next(
        (one for one in definition.function.decorator_list if last_name(one) not in _BINDING),
        None,
    )
    qualname = module.qualname(uncalled(outermost)) if outermost is not None else None
    found = function_named(project, module, qualname) if qualname is not None else None
    return found is not None and _guards(found, isinstance(definition.function, ast.AsyncFunctionDef))


def _guards(decorator: Definition, is_coroutine: bool) -> bool:
    """
    Whether each call of what a decorator is given stands in a `try` that lets nothing out.

    A coroutine has to be awaited there: calling it does none of its work.
    """
    module = decorator.module
    calls = list(_calls_of_decorated(module, decorator.function))
    if is_coroutine:
        calls = [call for call in calls if isinstance(module.parent(call), ast.Await)]
    return bool(calls) and all(_is_taken_in(module, call) for call in calls)


def _calls_of_decorated(module: Module, decorator: FunctionNode) -> Iterator[ast.Call]:
    """The calls, in functions within a decorator, of a parameter of one of the functions around them."""
    for part in ast.walk(decorator):
        if not isinstance(part, ast.Call) or not isinstance(part.func, ast.Name):
            continue
        around = [one for one in module.ancestors(part) if isinstance(one, _FUNCTIONS)]
        # The nearest one's own parameters are what the decorated function is given.
        if around and around[0] is not decorator and any(_has_parameter(one, part.func.id) for one in around[1:]):
            yield part


def _has_parameter(function: FunctionNode, name: str) -> bool:
    given = function.args
    return any(one.arg == name for one in (*given.posonlyargs, *given.args, *given.kwonlyargs))


def _is_taken_in(module: Module, call: ast.Call) -> bool:
    """Whether a call stands in the body of a `try` whose handlers take in every exception, and raise none."""
    below: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, (*_FUNCTIONS, ast.Lambda)):
            return False
        if isinstance(ancestor, ast.Try) and below in ancestor.body:
            return any(handlers.is_broad(module, one) for one in ancestor.handlers) and not any(
                isinstance(part, ast.Raise) for one in ancestor.handlers for part in handlers.own_parts(one.body)
            )
        below = ancestor
    return False
