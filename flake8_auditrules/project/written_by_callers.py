"""Written by callers: parameters that get from every caller what the program itself has written."""

from __future__ import annotations

import ast

from flake8_auditrules.project.callers import given_by_every_caller
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.origins import Origin, origins
from flake8_auditrules.semantics.scopes import BindingKind, ScopeKind

# What a caller gives that stands in the program itself; what an object was made with may come from anywhere.
_WRITTEN = frozenset({Origin.CONSTANT, Origin.MODULE})
_MAXIMUM_HOPS = 2


def is_written_by_callers(project: Project, module: Module, parameter: ast.Name, hops: int = 0) -> bool:
    """
    Whether the project calls the function of a parameter, and each time with what it has written itself.

    Constants count, numbers made into text, and what is looked up in a table of constants.
    """
    site = module.bindings(parameter)[0].site
    function = module.enclosing(site, ast.FunctionDef, ast.AsyncFunctionDef)
    if not isinstance(site, ast.arg) or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    given = given_by_every_caller(project, module, function, parameter.id)
    # What nobody in the project ever gives is there for others.
    return any(value is not None for _, value in given) and all(
        value is None or _is_written(project, caller.module, value, hops) for caller, value in given
    )


def _is_written(project: Project, module: Module, value: ast.expr, hops: int) -> bool:
    if isinstance(value, ast.IfExp):
        return all(_is_written(project, module, one, hops) for one in (value.body, value.orelse))
    if origins(module, value) <= _WRITTEN or _lists_numbers(module, value) or _is_looked_up(module, value):
        return True
    bindings = module.bindings(value) if isinstance(value, ast.Name) else []
    if not isinstance(value, ast.Name) or len(bindings) != 1 or hops >= _MAXIMUM_HOPS:
        return False
    held = bindings[0].value
    if bindings[0].kind is BindingKind.ASSIGNMENT and held is not None:
        return _is_written(project, module, held, hops + 1)
    # Handed on by a function that gets it itself.
    return is_written_by_callers(project, module, value, hops + 1)


def _lists_numbers(module: Module, value: ast.expr) -> bool:
    """Whether a text is made of numbers, `", ".join(str(number) for number in numbers)`: texts need no `str`."""
    if isinstance(value, ast.Name):
        bindings = module.bindings(value)
        value = bindings[0].value or value if len(bindings) == 1 else value
    if not isinstance(value, ast.Call) or last_name(value.func) != "join" or len(value.args) != 1:
        return False
    made = value.args[0].elt if isinstance(value.args[0], (ast.ListComp, ast.GeneratorExp)) else None
    return isinstance(made, ast.Call) and module.qualname(made.func) == "builtins.str"


def _is_looked_up(module: Module, value: ast.expr) -> bool:
    """Whether a value is one of a table of constants, and no other where the key is unknown."""
    if isinstance(value, ast.Subscript):
        table: ast.expr = value.value
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "get":
        if any(not origins(module, one) <= _WRITTEN for one in value.args[1:]):
            return False
        table = value.func.value
    else:
        return False
    if not isinstance(table, ast.Name):
        return False
    owner = module.owner_of(table)
    bindings = module.bindings(table)
    if owner is None or owner.kind is not ScopeKind.MODULE or len(bindings) != 1:
        return False
    display = bindings[0].value
    return isinstance(display, ast.Dict) and all(origins(module, one) <= _WRITTEN for one in display.values)
