"""Where a free text of a request goes: through the functions of the project to the calls that must not take it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from flake8_auditrules.knowledge import paths
from flake8_auditrules.project.definitions import arguments_by_place, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.request_values import (
    Part,
    RequestValue,
    carried,
    free_parameters,
    is_looked_at,
)
from flake8_auditrules.semantics.scopes import FunctionNode

_MAXIMUM_HOPS = 3
# What is quoted is followed too, so that it counts as examined: whoever quotes a text has looked at it.
_BUILDERS = paths.BUILDERS | {"urllib.parse.quote", "urllib.parse.quote_plus"}


class Taking(NamedTuple):
    """
    Which calls must not take a free text of a request.

    `takes` gives the argument of a call that matters, None for other calls; `does_harm` whether a value in that
    argument can do harm there.
    """

    takes: Callable[[Module, ast.Call], ast.expr | None]
    does_harm: Callable[[Module, ast.Call, ast.expr, RequestValue], bool]


class ValueSink(NamedTuple):
    """
    A request value in a call that must not take it: the value as the route reads it, and the call's text.

    `node` is the place in the linted module: the call itself, or the one that hands the value on; `path` and
    `line` (1-based) are those of the call.
    """

    node: ast.Call
    value: RequestValue
    call: str
    path: str
    line: int
    is_free: bool
    """Whether nobody looks at the value, and it does harm."""


def value_sinks(project: Project, module: Module, function: FunctionNode, taking: Taking) -> Iterator[ValueSink]:
    """The calls that take a free text of a route's request, each with the value, looked at or not."""
    yield from _sinks(project, module, function, taking, free_parameters(module, function), 0)


def _sinks(
    project: Project, module: Module, function: FunctionNode, taking: Taking, given: dict[str, Part], hops: int
) -> Iterator[ValueSink]:
    for call in _calls(module, function):
        taken = taking.takes(module, call)
        if taken is not None:
            value = carried(module, taken, given, _BUILDERS)
            if value is not None:
                free = taking.does_harm(module, call, taken, value) and not is_looked_at(module, function, value)
                yield ValueSink(call, value, module.text(call, 50), module.path, call.lineno, free)
        elif hops < _MAXIMUM_HOPS and (call.args or call.keywords):
            yield from _handed_on(project, module, function, taking, call, given, hops)


def _calls(module: Module, function: FunctionNode) -> list[ast.Call]:
    """The calls of a function's own body, in source order."""
    known: dict[FunctionNode, list[ast.Call]] = module.keep("calls of functions", lambda _: {})
    found = known.get(function)
    if found is None:
        found = known[function] = [node for node in module.own_nodes(function) if isinstance(node, ast.Call)]
    return found


def _values(
    module: Module, function: FunctionNode, call: ast.Call, given: dict[str, Part]
) -> dict[str | int, RequestValue]:
    """The request values among a call's arguments that nobody looks at, by keyword or 0-based position."""
    known: dict[object, dict[str | int, RequestValue]] = module.keep("values that calls are given", lambda _: {})
    key = (call, frozenset(given.items()))
    values = known.get(key)
    if values is not None:
        return values
    values = known[key] = {}
    for place, argument in arguments_by_place(call):
        if argument.__class__ is ast.Constant:
            continue
        value = carried(module, argument, given, _BUILDERS)
        if value is not None and not is_looked_at(module, function, value):
            values[place] = value
    return values


def _handed_on(
    project: Project,
    module: Module,
    function: FunctionNode,
    taking: Taking,
    call: ast.Call,
    given: dict[str, Part],
    hops: int,
) -> Iterator[ValueSink]:
    """The calls that take a request's value in the function that a call hands it to, shown at the call."""
    values = _values(module, function, call, given)
    if not values:
        return
    found = definition_of(project, module, call)
    if found is None or found.function is function:
        return
    handed: dict[str, RequestValue] = {}
    for place, value in values.items():
        name = found.parameter(place)
        if name:
            handed[name] = value
    parts = {name: value.part for name, value in handed.items()}
    for sink in _sinks(project, found.module, found.function, taking, parts, hops + 1):
        origin = sink.value.node
        if sink.is_free and isinstance(origin, ast.Name) and origin.id in handed:
            yield sink._replace(node=call, value=handed[origin.id])
            return
