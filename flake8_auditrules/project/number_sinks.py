"""Where a number of a request goes: through the functions of the project to what it sizes."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import answer_behind, definitions_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.parameters import Number, handed_on, is_bounded_in, is_span, sink_in
from flake8_auditrules.semantics.scopes import FunctionNode

_MAXIMUM_HOPS = 5


class SinkPlace(NamedTuple):
    """What a number sizes: the text of the expression, the file and its 1-based line."""

    text: str
    path: str
    line: int


def sink_place(project: Project, module: Module, function: FunctionNode, number: Number) -> SinkPlace | None:
    """What an unbounded number of a route sizes, also in the functions that it is handed to."""
    return _follow(project, module, function, number, 0)


def _follow(
    project: Project, module: Module, function: FunctionNode, number: Number, hops: int
) -> SinkPlace | None:
    if is_bounded_in(module, function, number):
        return None
    sink = sink_in(module, function, number)
    if number.is_optional and (isinstance(sink, ast.Subscript) or is_span(module, sink)):
        # All of a list that is there already, or of the time, is what everybody gets anyway.
        return None
    if sink is not None:
        return SinkPlace(module.text(sink, 40), module.path, sink.lineno)
    if hops >= _MAXIMUM_HOPS:
        return None
    for call, keyword, position in handed_on(module, function, number):
        answer = answer_behind(
            project,
            module,
            call,
            "numbers",
            (keyword, position, number.is_optional, hops),
            lambda: _behind(project, module, call, keyword, position, number.is_optional, hops),  # noqa: B023
        )
        if answer is not None:
            return SinkPlace(*answer)
    return None


def _behind(
    project: Project,
    module: Module,
    call: ast.Call,
    keyword: str | None,
    position: int,
    is_optional: bool,
    hops: int,
) -> tuple[str, str, int] | None:
    """What a number sizes in the function that a call hands it to, as the fields of a SinkPlace."""
    for found in definitions_of(project, module, call):
        name = _parameter(found.module, found.function, keyword, position)
        if name is not None:
            handed = Number(name, found.function, name, None, is_optional)
            place = _follow(project, found.module, found.function, handed, hops + 1)
            if place is not None:
                return tuple(place)  # type: ignore[return-value]
    return None


def _parameter(module: Module, function: FunctionNode, keyword: str | None, position: int) -> str | None:
    """The parameter that an argument is for, given by name or by 0-based position."""
    names = module.instances.positional_parameters(function)
    if keyword is not None:
        known = {*names, *(argument.arg for argument in function.args.kwonlyargs)}
        return keyword if keyword in known else None
    return names[position] if position < len(names) else None
