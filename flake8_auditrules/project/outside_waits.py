"""Waits behind calls: functions of the project that ask another machine before they come back."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.definitions import Definition, answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.outside_waits import outside_waits

_MAXIMUM_HOPS = 3

# Places below a call, each a file relative to the project, a line and what is called there.
_Way = tuple[tuple[str, int, str], ...]


def wait_behind(project: Project, module: Module, call: ast.Call) -> tuple[Link, ...]:
    """
    The way from a call of a function of the project to the network call that it makes, the call's own place first.

    Empty where it makes none: sleeps alone do not count further down, they may be those between attempts.
    """
    return _behind(project, module, call, 0)


def _behind(project: Project, module: Module, call: ast.Call, hops: int) -> tuple[Link, ...]:
    is_awaited = isinstance(module.parent(call), ast.Await)

    def compute() -> _Way:
        return _waits_in(project, definition_of(project, module, call), is_awaited, hops)

    further = answer_behind(project, module, call, "waits", (is_awaited, hops), compute)
    if not further:
        return ()
    own = Link(project.relative(module.path), call.lineno, module.call_text(call))
    return (own, *(Link(*one) for one in further))


def _waits_in(project: Project, found: Definition | None, is_awaited: bool, hops: int) -> _Way:
    # Another task runs a coroutine that is not awaited in place, and a generator's caller its steps.
    if found is None or found.module.is_generator(found.function):
        return ()
    if isinstance(found.function, ast.AsyncFunctionDef) and not is_awaited:
        return ()
    module, function = found
    known = module.keep("waits of functions", lambda one: dict[tuple[ast.AST, int], _Way]())
    if (function, hops) not in known:
        # A function that calls itself waits where another of its calls does.
        known[function, hops] = ()
        known[function, hops] = _first_wait(project, found, hops)
    return known[function, hops]


def _first_wait(project: Project, found: Definition, hops: int) -> _Way:
    module, function = found
    waits = outside_waits(module)
    calls = [part for part in module.own_nodes(function) if isinstance(part, ast.Call)]
    for call in calls:
        if waits.get(call) is Effect.NETWORK and not _is_put_off(module, call):
            return ((project.relative(module.path), call.lineno, module.call_text(call)),)
    if hops < _MAXIMUM_HOPS:
        for call in calls:
            if not _is_put_off(module, call):
                further = _behind(project, module, call, hops + 1)
                if further:
                    return tuple((*link,) for link in further)
    return ()


def _is_put_off(module: Module, call: ast.Call) -> bool:
    """Whether a call stands in what is only made here, to be gone through later."""
    return any(isinstance(around, (ast.Lambda, ast.GeneratorExp)) for around in module.ancestors(call))
