"""Raised answers: the statuses with which a function of the project ends a request by an HTTP exception."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import web
from flake8_auditrules.knowledge.offloading import IN_THREADS
from flake8_auditrules.project.definitions import answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import answer_of, status_of

_MOST_HOPS = 2


def statuses_behind(project: Project, module: Module, call: ast.Call) -> list[int]:
    """
    The statuses of the HTTP exceptions that a call lets out of a function of the project, on some way through it.

    In ascending order; a coroutine counts where it is awaited, a generator does not. What stands in a `try` with
    handlers, or under a `with suppress(...)`, may end there and is left out.
    """
    return _behind(project, module, call, 0)


def function_run(module: Module, call: ast.Call) -> ast.expr:
    """The function that a call runs: the one that it hands to a thread, or the one that it calls."""
    given = call.args[0] if call.args and module.callee(call) in IN_THREADS else None
    return given if isinstance(given, (ast.Name, ast.Attribute)) else call.func


def reaches(module: Module, raised: ast.AST, end: ast.AST) -> bool:
    """Whether nothing between a place and `end` may take what it raises: no `try` with handlers, no `suppress`."""
    child: ast.AST = raised
    for ancestor in module.ancestors(raised):
        if ancestor is end:
            return True
        if isinstance(ancestor, ast.Try) and child in ancestor.body and ancestor.handlers:
            return False
        if isinstance(ancestor, (ast.With, ast.AsyncWith)) and any(
            isinstance(item.context_expr, ast.Call) and last_name(item.context_expr) == "suppress"
            for item in ancestor.items
        ):
            return False
        child = ancestor
    return False


def status_raised(module: Module, call: ast.Call) -> int | None:
    """The status of the HTTP exception that a call makes; None where it makes none, or the status is not known."""
    answer = answer_of(module, call, web.HTTP_EXCEPTIONS)
    if answer is None:
        return None
    given = module.argument(call, answer.status_name, answer.status_position)
    return answer.status if given is None else status_of(module, given)


def _behind(project: Project, module: Module, call: ast.Call, hops: int) -> list[int]:
    run = function_run(module, call)
    is_awaited = module.awaited(call) and run is call.func
    if run is not call.func:
        call = ast.copy_location(ast.Call(run, [], []), call)
    question = (hops, is_awaited)
    found = answer_behind(
        project,
        module,
        call,
        "raised answers",
        question,
        lambda: _let_out(project, module, call, is_awaited, hops),
    )
    return found or []


def _let_out(project: Project, module: Module, call: ast.Call, is_awaited: bool, hops: int) -> list[int]:
    definition = definition_of(project, module, call)
    if definition is None or definition.module.is_generator(definition.function):
        return []
    if isinstance(definition.function, ast.AsyncFunctionDef) is not is_awaited:
        return []
    home, function = definition.module, definition.function
    found: set[int] = set()
    for part in handlers.own_parts(function.body):
        if isinstance(part, ast.Raise):
            status = _status_of(home, part.exc)
            if status is not None and reaches(home, part, function):
                found.add(status)
        elif isinstance(part, ast.Call) and hops + 1 < _MOST_HOPS and reaches(home, part, function):
            found.update(_behind(project, home, part, hops + 1))
    return sorted(found)


def _status_of(module: Module, raised: ast.expr | None) -> int | None:
    """The status of what is raised, also where a variable holds it that is given once: `raise error`."""
    if isinstance(raised, ast.Name):
        bindings = module.bindings(raised)
        raised = bindings[0].value if len(bindings) == 1 else None
    return status_raised(module, raised) if isinstance(raised, ast.Call) else None
