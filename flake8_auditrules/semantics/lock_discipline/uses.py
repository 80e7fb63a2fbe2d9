"""Uses: where a use of a variable runs, what is held there, and whether it counts at all."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.locks import held_at
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import (
    Access,
    Variable,
    held_by_callers,
    may_run_bare,
    runs_first,
    variable_of,
)

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
WAITING = (ast.Await, ast.AsyncWith, ast.AsyncFor)


def is_counted(module: Module, access: Access) -> bool:
    """Whether a use runs when the object may be shared, and it can be told what is held there."""
    if not isinstance(access.function, FUNCTIONS):
        return False
    outer = outermost_function(module, access)
    if outer is None or runs_first(module, outer):
        return False
    # What runs a nested function that was made under the lock is not known.
    function: ast.AST = access.function
    while function is not outer:
        if held_at(module, function):
            return False
        enclosing = module.function_of(function)
        if enclosing is None:
            break
        function = enclosing
    return True


def outermost_function(module: Module, access: Access) -> FunctionNode | None:
    """The outermost function or method around a use."""
    function: ast.AST | None = access.function
    outer: FunctionNode | None = None
    while function is not None:
        if isinstance(function, FUNCTIONS):
            outer = function
        function = module.function_of(function)
    return outer


def functions_of(module: Module, uses: list[Access]) -> list[FunctionNode]:
    """The functions and methods that a list of uses stands in."""
    return [function for use in uses if (function := outermost_function(module, use)) is not None]


def function_name(access: Access) -> str:
    """The name of the function that runs a use."""
    return access.function.name if isinstance(access.function, FUNCTIONS) else ""


def locks_held(module: Module, access: Access) -> frozenset[str]:
    """The keys of the locks that are known to be held at a use, by its own function or its callers."""
    return access.held.keys | held_by_callers(module, access.function).keys


def is_bare(module: Module, access: Access) -> bool:
    """Whether a use is known to run with nothing held."""
    if access.held or held_by_callers(module, access.function):
        return False
    return isinstance(access.function, FUNCTIONS) and may_run_bare(module, access.function)


def reads_variable(module: Module, value: ast.expr, variable: Variable | None) -> bool:
    """Whether an expression reads a variable."""
    return any(
        variable_of(module, part) == variable
        for part in ast.walk(value)
        if isinstance(part, (ast.Attribute, ast.Name))
    )
