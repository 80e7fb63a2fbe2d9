"""Undisturbed changes: those between whose question and commit no other request comes, by who calls them."""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import says_anything
from flake8_auditrules.project.callers import Caller, every_caller, places_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.requirements import is_required
from flake8_auditrules.semantics.django_rows import locks_rows
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.row_checks import is_told_of_twin
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.unpaused import is_unpaused, lines_of_commits

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SERVERS_OF_PROCESSES = ("gunicorn", "uwsgi")
_PROCESSES = pattern(r"\bgunicorn\b|--workers\b|\buvicorn\.run\([^)]*\bworkers\s*=\s*(?!1\b|None\b)")
_SERVING_ITSELF = pattern(r"\buvicorn\.run\(|\bhypercorn\.asyncio\b|\b(?:run_app|AppRunner|stdio_server)\(")
_LOCKING = "with_for_update"
_MAXIMUM_HOPS = 3
# Whether a function takes care of what may come between, at a call in it.
_Caring = Callable[[Module, FunctionNode, ast.Call], bool]


def is_undisturbed(
    project: Project, module: Module, function: FunctionNode, asked: ast.AST, change: ast.AST
) -> bool:
    """
    Whether the event loop runs nothing else from what a change asks to its commit.

    The coroutine does not pause in between; or a plain function does it that nothing but such coroutines call.
    """
    if isinstance(function, ast.AsyncFunctionDef):
        found = is_unpaused(module, function, asked, change)
    else:
        is_done = bool(lines_of_commits(module, function, change))
        found = _is_on_loop_alone(project, module, function, is_done, 0)
    return found and _is_one_process(project)


def _is_one_process(project: Project) -> bool:
    """Whether the project serves itself, and in one process: others would each have a loop of their own."""
    if not project.is_marked or is_required(project, _SERVERS_OF_PROCESSES):
        return False
    return says_anything(project, _SERVING_ITSELF) and not says_anything(project, _PROCESSES)


def is_caught_by_callers(project: Project, module: Module, function: FunctionNode) -> bool:
    """Whether every call of a function, and there is one, stands where the error of a row's twin is handled."""
    return _is_cared_for(project, module, function, is_told_of_twin, 0)


def is_locked_by_callers(project: Project, module: Module, function: FunctionNode) -> bool:
    """Whether every function that calls one, and there is one, locks rows."""
    return _is_cared_for(project, module, function, _locks, 0)


def _is_cared_for(project: Project, module: Module, function: FunctionNode, cares: _Caring, hops: int) -> bool:
    """Whether each function that calls one takes care, or all that call it do."""
    callers = every_caller(project, module, function) if hops < _MAXIMUM_HOPS else []
    return bool(callers) and all(
        isinstance(around := caller.module.function_of(caller.call), _FUNCTIONS)
        and around is not function
        and (
            cares(caller.module, around, caller.call)
            or _is_cared_for(project, caller.module, around, cares, hops + 1)
        )
        for caller in callers
    )


def _locks(module: Module, function: FunctionNode, call: ast.Call) -> bool:
    return locks_rows(module, function) or any(
        part.attr == _LOCKING if isinstance(part, ast.Attribute) else part.arg == _LOCKING
        for part in module.own_nodes(function)
        if isinstance(part, (ast.Attribute, ast.keyword))
    )


def _is_on_loop_alone(project: Project, module: Module, function: FunctionNode, is_done: bool, hops: int) -> bool:
    """Whether nothing but coroutines that do not pause before the commit call a plain function."""
    if function.decorator_list or hops == _MAXIMUM_HOPS:
        return False
    callers = every_caller(project, module, function)
    return bool(callers) and all(
        _is_called_on_loop(project, caller, function, is_done, hops) for caller in callers
    )


def _is_called_on_loop(project: Project, caller: Caller, function: FunctionNode, is_done: bool, hops: int) -> bool:
    module, call = caller
    around = module.function_of(call)
    if not isinstance(around, _FUNCTIONS) or _is_handed_on(module, function.name):
        return False
    if around is function:
        return True
    if isinstance(around, ast.AsyncFunctionDef):
        return is_done or is_unpaused(module, around, call, call)
    is_done = is_done or bool(lines_of_commits(module, around, call))
    return _is_on_loop_alone(project, module, around, is_done, hops + 1)


def _is_handed_on(module: Module, name: str) -> bool:
    """Whether a function is handed to something that may run it elsewhere: `to_thread(save, row)`."""
    return any(
        isinstance(use.ctx, ast.Load)
        and not (isinstance(parent := module.parent(use), ast.Call) and parent.func is use)
        and not isinstance(parent, ast.Attribute)
        for use in places_named(module, name)
    )
