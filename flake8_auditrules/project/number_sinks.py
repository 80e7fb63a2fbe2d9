"""Where a number of a request goes: through the functions of the project to what it sizes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.project.definitions import answer_behind, class_named, definitions_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.parameters import (
    HandedOn,
    Number,
    checked_fields,
    handed_models,
    handed_on,
    is_bounded_in,
    is_span,
    made_of,
    model_number,
    sink_in,
    unbounded_fields,
)
from flake8_auditrules.semantics.scopes import FunctionNode

_MAXIMUM_HOPS = 5
_LONGEST_SINK = 40


class SinkPlace(NamedTuple):
    """What a number sizes: the text of the expression, the file and its 1-based line."""

    text: str
    path: str
    line: int


def numbers_of_models(project: Project, module: Module, function: FunctionNode) -> Iterator[Number]:
    """The unbounded numbers in the fields of the models of other modules that a route takes."""
    for argument, held in handed_models(module, function):
        for ancestor in module.instances.ancestry(held):
            found = class_named(project, module, ancestor)
            if found is None:
                continue
            if "*" in checked_fields(*found):
                break
            for name, statement in unbounded_fields(*found):
                yield model_number(name, statement, argument)


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
        return SinkPlace(_shown(module, sink), module.path, sink.lineno)
    if hops >= _MAXIMUM_HOPS:
        return None
    for made in made_of(module, function, number):
        place = _follow(project, module, function, made, hops + 1)
        if place is not None:
            return place
    for handed in handed_on(module, function, number):
        answer = answer_behind(
            project,
            module,
            handed.call,
            "numbers",
            (*handed[1:], number.is_optional, hops),
            lambda: _behind(project, module, handed, number, hops),  # noqa: B023
        )
        if answer is not None:
            return SinkPlace(*answer)
    return None


def _behind(
    project: Project, module: Module, handed: HandedOn, number: Number, hops: int
) -> tuple[str, str, int] | None:
    """What a number sizes in the function that a call hands it to, as the fields of a SinkPlace."""
    for found in definitions_of(project, module, handed.call):
        name = _parameter(found.module, found.function, handed.keyword, handed.position)
        if name is not None:
            taken = number._replace(name=name, node=found.function, variable=name, field=handed.field)
            place = _follow(project, found.module, found.function, taken, hops + 1)
            if place is not None:
                return tuple(place)  # type: ignore[return-value]
    return None


def _shown(module: Module, sink: ast.expr) -> str:
    """The text of what a number sizes; of a chain of calls that is long, the last one."""
    text = module.text(sink, _LONGEST_SINK)
    if text.endswith("...") and isinstance(sink, ast.Call) and isinstance(sink.func, ast.Attribute):
        if isinstance(sink.func.value, ast.Call):
            given = [module.text(one, _LONGEST_SINK) for one in sink.args]
            return f".{sink.func.attr}({', '.join(given)})"
    return text


def _parameter(module: Module, function: FunctionNode, keyword: str | None, position: int) -> str | None:
    """The parameter that an argument is for, given by name or by 0-based position."""
    names = module.instances.positional_parameters(function)
    if keyword is not None:
        known = {*names, *(argument.arg for argument in function.args.kwonlyargs)}
        return keyword if keyword in known else None
    return names[position] if position < len(names) else None
