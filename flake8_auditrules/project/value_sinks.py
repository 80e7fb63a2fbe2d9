"""Where a free text of a request goes: through the functions of the project to the calls that must not take it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping

from flake8_auditrules.knowledge import paths
from flake8_auditrules.project.definitions import (
    answer_behind,
    arguments_by_place,
    class_named,
    definition_of,
    definitions_of,
    function_named,
)
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.wiring import dependencies_of, providers_of
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.request_values import (
    Part,
    RequestValue,
    carried,
    free_parameters,
    is_free_field,
    is_looked_at,
    is_method_of_view,
    model_of_field,
    model_parameters,
    tool_parameters,
)
from flake8_auditrules.semantics.routes import is_route, is_tool, is_tool_dispatcher
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_MAXIMUM_HOPS = 3
# Characters of a value that a message shows.
_LONGEST_VALUE = 40
# What is quoted is followed too, so that it counts as examined: whoever quotes a text has looked at it.
_BUILDERS = paths.BUILDERS | {"urllib.parse.quote", "urllib.parse.quote_plus"}


_Parts = dict["str | int", Part]
_NO_TWINS: Mapping[str, str] = {}


class Taking(NamedTuple):
    """
    Which calls must not take a free text of a request, under a name of their own.

    `takes` gives the argument of a call that matters, None for other calls; `does_harm` whether a value in that
    argument can do harm there.
    """

    name: str
    takes: Callable[[Module, ast.Call], ast.expr | None]
    does_harm: Callable[[Module, ast.Call, ast.expr, RequestValue], bool]
    as_handed: Callable[[Module, ast.expr, RequestValue], Part] = lambda module, argument, value: value.part
    """What a value is in the function that an argument hands it to, where that is something else there."""
    is_known: Callable[[Module, FunctionNode, ast.Call, frozenset[str]], bool] = (
        lambda module, function, call, names: False
    )
    """Whether a function that is given the value itself as well looks it up before a call takes it."""
    of_tools: bool = False
    """Whether the arguments that a client's model gives to tools count as well."""


class ValueSink(NamedTuple):
    """
    A request value in a call that must not take it: the value as the route reads it, and the call's text.

    `node` is the place in the linted module: the call itself, or the one that hands the value on; `path` and
    `line` (1-based) are those of the call; `text` is the value as the route's source writes it.
    """

    node: ast.Call
    value: RequestValue
    text: str
    call: str
    path: str
    line: int
    is_free: bool
    """Whether nobody looks at the value, and it does harm."""


def value_sinks(project: Project, module: Module, function: FunctionNode, taking: Taking) -> Iterator[ValueSink]:
    """
    The calls that take a free text of a route's request, each with the value, looked at or not.

    None in a function that answers no requests, and in tests. A value that nobody looks at is given once for each
    route, and a call in another function once for all routes that hand their values to it.
    """
    if module.is_test:
        return
    if is_route(module, function):
        given = {**free_parameters(module, function), **model_parameters(module, function)}
    elif taking.of_tools and (is_tool(module, function) or is_tool_dispatcher(module, function)):
        given = tool_parameters(module, function)
    elif is_method_of_view(module, function):
        given = {}
    else:
        return
    told: set[object] = module.keep(f"sinks that were told: {taking.name}", lambda _: set())
    for sink in _sinks(project, module, function, taking, given, 0):
        asked = sink.is_free and (
            _is_asked_by_dependency(project, module, function, sink.value)
            or is_limited_elsewhere(project, module, sink.value)
        )
        if asked or not sink.is_free:
            yield sink._replace(is_free=False)
            continue
        # One dispatcher serves many tools, each with arguments of its own.
        places: set[object] = {(function, sink.text, sink.node if is_tool_dispatcher(module, function) else None)}
        if sink.path != module.path or sink.line != sink.node.lineno:
            places.add((sink.path, sink.line))
        if told.isdisjoint(places):
            yield sink
        told |= places


def is_limited_elsewhere(project: Project, module: Module, value: RequestValue) -> bool:
    """Whether the value is a field of another module's model that lets only some texts through, or may do so."""
    model = model_of_field(module, value.node) if value.part is Part.FIELD else None
    if model is None:
        return False
    found = class_named(project, module, model)
    return found is None or not is_free_field(*found, value.node.attr)  # type: ignore[attr-defined]


def _is_asked_by_dependency(project: Project, module: Module, function: FunctionNode, value: RequestValue) -> bool:
    """Whether a dependency of the route takes the same parameter: it looks it up, or asks whether the user may."""
    if not isinstance(value.node, ast.Name) or not module.imports("fastapi"):
        return False
    names = [*providers_of(module, function)]
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call):
            names.extend(dependencies_of(module, decorator))
    for name in names:
        found = function_named(project, module, name.rpartition(" ")[2])
        if found is not None:
            arguments = found.function.args
            if any(one.arg == value.node.id for one in (*arguments.args, *arguments.kwonlyargs)):
                return True
    return False


def _sinks(
    project: Project,
    module: Module,
    function: FunctionNode,
    taking: Taking,
    given: dict[str, Part],
    hops: int,
    twins: Mapping[str, str] = _NO_TWINS,
) -> Iterator[ValueSink]:
    """`twins` are the parameters that hold a value made for a URL, with those that hold the value itself."""
    for call in _calls(module, function):
        taken = taking.takes(module, call)
        if taken is not None:
            value = carried(module, taken, given, _BUILDERS)
            if value is None:
                value = _carried_by_answer(project, module, function, taken, given)
            if value is not None:
                # A test of a URL as a whole says nothing of what was put into it.
                seen = value.part is not Part.URL and is_looked_at(module, function, value)
                free = not seen and taking.does_harm(module, call, taken, value)
                yield _sink(module, call, value, module.text(call, 50), module.path, call.lineno, free)
        elif hops < _MAXIMUM_HOPS and (call.args or call.keywords):
            yield from _handed_on(project, module, function, taking, call, given, hops, twins)


def _sink(
    module: Module, node: ast.Call, value: RequestValue, call: str, path: str, line: int, is_free: bool
) -> ValueSink:
    return ValueSink(node, value, module.text(value.node, _LONGEST_VALUE), call, path, line, is_free)


def _carried_by_answer(
    project: Project, module: Module, function: FunctionNode, taken: ast.expr, given: dict[str, Part]
) -> RequestValue | None:
    """The request value in what a function of the project answers: `path_of(name)` that returns `BASE / name`."""
    held: frozenset[str] = frozenset()
    if isinstance(taken, ast.Name):
        bindings = module.bindings(taken)
        if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].value is None:
            return None
        held, taken = frozenset({taken.id}), bindings[0].value
    if isinstance(taken, ast.Await):
        taken = taken.value
    if not isinstance(taken, ast.Call):
        return None
    values = _values(module, function, taken, given)
    if not values:
        return None
    parts = {place: value.part for place, value in values.items()}
    question = tuple(sorted((str(place), part.value) for place, part in parts.items()))
    place = answer_behind(
        project,
        module,
        taken,
        "answers",
        question,
        lambda: _answered_argument(project, module, function, taken, parts),
    )
    return values[place]._replace(names=values[place].names | held) if place is not None else None


def _answered_argument(
    project: Project, module: Module, function: FunctionNode, call: ast.Call, parts: dict[str | int, Part]
) -> str | int | None:
    """Which of a call's request values the called function answers, made into something else, unlooked at."""
    found = definition_of(project, module, call)
    if found is None or found.function is function:
        return None
    places = {found.parameter(place): place for place in parts if found.parameter(place)}
    handed = {name: parts[place] for name, place in places.items()}
    first: str | int | None = None
    for part in found.module.own_nodes(found.function):
        if isinstance(part, ast.Return) and part.value is not None:
            value = carried(found.module, part.value, handed, _BUILDERS)
            if value is None or is_looked_at(found.module, found.function, value):
                return None
            origin = value.node
            if first is None and isinstance(origin, ast.Name):
                first = places.get(origin.id)
    return first


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
        if isinstance(argument, ast.Name) and given.get(argument.id) is Part.BODY:
            body = RequestValue(argument, Part.BODY, frozenset({argument.id}))
            if len(module.bindings(argument)) == 1 and not is_looked_at(module, function, body):
                values[place] = body
            continue
        value = carried(module, argument, given, _BUILDERS)
        if value is not None and (value.part is Part.URL or not is_looked_at(module, function, value)):
            values[place] = value
    return values


def _handed_parts(module: Module, call: ast.Call, taking: Taking, values: dict[str | int, RequestValue]) -> _Parts:
    """What the values of a call's arguments are in the function that is called, by keyword or position."""
    arguments = dict(arguments_by_place(call))
    return {place: taking.as_handed(module, arguments[place], value) for place, value in values.items()}


def _given_twice(
    module: Module, values: dict[str | int, RequestValue], parts: _Parts, twins: Mapping[str, str]
) -> dict[str | int, str | int]:
    """Where a call gives a value by itself beside what it makes of it: `send(f"/jobs/{job_id}", job_id)`."""
    texts = {place: module.source(value.node) for place, value in values.items()}
    return {
        place: other
        for place, part in parts.items()
        if part is Part.URL
        for other in parts
        if other != place
        and parts[other] is not Part.URL
        and texts[other] == twins.get(texts[place], texts[place])
    }


def _handed_on(
    project: Project,
    module: Module,
    function: FunctionNode,
    taking: Taking,
    call: ast.Call,
    given: dict[str, Part],
    hops: int,
    twins: Mapping[str, str],
) -> Iterator[ValueSink]:
    """The calls that take a request's value in the function that a call hands it to, shown at the call."""
    values = _values(module, function, call, given)
    if not values:
        return
    parts = _handed_parts(module, call, taking, values)
    twice = _given_twice(module, values, parts, twins)
    question = (taking.name, *sorted((str(place), part.value) for place, part in parts.items()), hops, str(twice))
    answer = answer_behind(
        project,
        module,
        call,
        "values",
        question,
        lambda: _sink_behind(project, module, function, taking, call, parts, twice, hops),
    )
    if answer is not None:
        place, field, text, path, line = answer
        if parts[place] is Part.URL and values[place].part is not Part.URL:
            # The text is put together here: what sends it takes many others.
            text, path, line = module.text(call, 50), module.path, call.lineno
        sink = _sink(module, call, values[place], text, path, line, True)
        yield sink._replace(text=f"{sink.text}.{field}") if field else sink


def _sink_behind(
    project: Project,
    module: Module,
    function: FunctionNode,
    taking: Taking,
    call: ast.Call,
    parts: dict[str | int, Part],
    twice: dict[str | int, str | int],
    hops: int,
) -> tuple[str | int, str, str, str, int] | None:
    """
    The first call in a called function that takes a value that nobody looks at.

    Which argument that value is, or holds as a field, and which ("" for none); the call's text, and its file and
    1-based line.
    """
    for found in definitions_of(project, module, call):
        if found.function is function:
            continue
        places = {found.parameter(place): place for place in parts if found.parameter(place)}
        handed = {name: parts[place] for name, place in places.items()}
        beside = {found.parameter(one): found.parameter(other) for one, other in twice.items()}
        known = {one: other for one, other in beside.items() if one and other}
        for sink in _sinks(project, found.module, found.function, taking, handed, hops + 1, known):
            if not sink.is_free or is_limited_elsewhere(project, found.module, sink.value):
                continue
            origin: ast.expr = sink.value.node
            while isinstance(origin, ast.Attribute):
                origin = origin.value
            if isinstance(origin, ast.Name) and origin.id in places:
                again = known.get(origin.id)
                if again and taking.is_known(found.module, found.function, sink.node, frozenset({again})):
                    continue
                is_whole = parts[places[origin.id]] is Part.BODY
                if is_whole or origin is sink.value.node:
                    field = sink.text.partition(".")[2] if is_whole else ""
                    return places[origin.id], field, sink.call, sink.path, sink.line
    return None
