"""
Unpacked bodies: what routes make of whole bodies, `Order(**body)`, or have made of them, `store.create(body)`, and
what fails where the client errs.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from flake8_auditrules.project.class_lines import ClassLine, class_line
from flake8_auditrules.project.definitions import answer_behind, class_named, definition_of, function_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.request_bodies import handed_on, handed_whole, key_taken_of
from flake8_auditrules.semantics.scopes import FunctionNode

_MODELS = frozenset({"pydantic.BaseModel", "pydantic.main.BaseModel", "pydantic.v1.BaseModel"})
# What `except` names that takes a model's ValidationError (pydantic: a ValueError), or a call's TypeError.
_OF_MODELS = frozenset({"BaseException", "Exception", "ValidationError", "ValueError"})
_OF_CALLS = frozenset({"BaseException", "Exception", "TypeError"})
_DATACLASSES = frozenset({"dataclasses.dataclass", "pydantic.dataclasses.dataclass"})
_ANYTHING = frozenset({"Any", "object"})


class Unpacked(NamedTuple):
    """
    A call that takes a body apart.

    `fault` is the exception that it raises where the client makes the mistake that `sent` tells of; `is_model`
    says that a model is made, which the route could take in the body's place.
    """

    call: ast.Call
    fault: str
    sent: str
    is_model: bool


def unpacked_bodies(project: Project, module: Module, function: FunctionNode) -> Iterator[Unpacked]:
    """What a route makes of its whole bodies by calls of the project that some bodies do not fit."""
    for call in handed_whole(module, function, _OF_MODELS):
        found = _of_model(project, module, call)
        if found is not None:
            yield found
    for call in handed_whole(module, function, _OF_CALLS):
        if _takes_known_keywords(project, module, call):
            sent = f"sends a key that `{last_name(call)}` does not take"
            yield Unpacked(call, "TypeError", sent, is_model=False)


def bodies_handed_on(project: Project, module: Module, function: FunctionNode) -> Iterator[Unpacked]:
    """The calls of a route that hand its body to a function of the project which takes a key for granted."""
    for call, place in handed_on(module, function):

        def key_behind(call: ast.Call = call, place: int | str = place) -> str | None:
            found = definition_of(project, module, call)
            name = found.parameter(place) if found is not None else ""
            return key_taken_of(found.module, found.function, name) if found is not None and name else None

        key = answer_behind(project, module, call, "takes a key", place, key_behind)
        if key is not None:
            yield Unpacked(call, "KeyError", f"leaves `{key}` out", is_model=False)


def _of_model(project: Project, module: Module, call: ast.Call) -> Unpacked | None:
    """The ValidationError of a model of the project; None for another class, or where every object fits."""
    is_made = any(keyword.arg is None for keyword in call.keywords)
    made = call.func if is_made else getattr(call.func, "value", None)
    name = module.qualname(made) if made is not None else None
    found = class_named(project, module, name) if name is not None else None
    if found is None:
        return None
    line = class_line(project, *found)
    if not line.other_names() <= _MODELS or not line.other_names():
        return None
    fields = list(_fields(line, {keyword.arg for keyword in call.keywords}))
    if not fields:
        return None
    wanted = next((name for name, is_needed in fields if is_needed), None)
    sent = f"leaves `{wanted}` out" if wanted is not None else f"sends `{fields[0][0]}` as something else"
    return Unpacked(call, "ValidationError", sent, is_model=True)


def _fields(line: ClassLine, given: Collection[str | None]) -> Iterator[tuple[str, bool]]:
    """The fields of a model that are not given apart and take not everything, and whether they must be there."""
    for _, holder in line.classes:
        for part in holder.body:
            if not isinstance(part, ast.AnnAssign) or not isinstance(part.target, ast.Name):
                continue
            name, kind = part.target.id, last_name(part.annotation)
            if name in given or name.startswith("_") or name == "model_config" or kind in _ANYTHING:
                continue
            if not any(isinstance(one, ast.Name) and one.id == "ClassVar" for one in ast.walk(part.annotation)):
                yield name, part.value is None


def _takes_known_keywords(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether a call unpacks a body for a function or plain class of the project that takes not every keyword."""
    callee = module.callee(call)
    if callee is None or not any(keyword.arg is None for keyword in call.keywords):
        return False
    function = function_named(project, module, callee)
    if function is not None:
        return _is_exact(function.function)
    found = class_named(project, module, callee)
    line = class_line(project, *found) if found is not None else None
    if line is None or line.other_names():
        return False
    for home, holder in line.classes:
        constructor = home.members(holder).methods.get("__init__")
        if constructor is not None:
            return _is_exact(constructor)
        if any(home.qualname(uncalled(one)) in _DATACLASSES for one in holder.decorator_list):
            return True
    return False


def _is_exact(function: FunctionNode) -> bool:
    """Whether a function has no `**options`, nor a decorator that may take any keyword and leave some out."""
    return function.args.kwarg is None and not function.decorator_list
