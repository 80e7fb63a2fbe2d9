"""State setters: functions of the project that set the state of a row to what they are given, and commit it."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.project.definitions import (
    Definition,
    answer_behind,
    arguments_by_place,
    definition_of,
    parameter_at,
)
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.row_sources import gives_loaded_row, is_locking
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.row_checks import is_answer
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.tested_states import is_one_state, tells_state


class StateSet(NamedTuple):
    """The attribute of a row that a call sets, and what it is set to: what the call gives, or always the same."""

    attribute: str
    value: ast.expr


def state_set(project: Project, module: Module, call: ast.Call) -> StateSet | None:
    """The state that the function behind a call sets and commits, whatever it was before; None for others."""
    found = answer_behind(
        project, module, call, "states set", "", lambda: _set(project, definition_of(project, module, call))
    )
    if found is None:
        return None
    attribute, parameter, fixed, positional = found
    if fixed:
        return StateSet(attribute, ast.parse(fixed, mode="eval").body)
    for place, value in arguments_by_place(call):
        if parameter_at(positional, place) == parameter:
            return StateSet(attribute, value)
    return None


def _set(project: Project, definition: Definition | None) -> tuple[str, str, str, list[str]] | None:
    """The attribute, the parameter it is set to or else what it is set to, and the parameters by position."""
    if definition is None:
        return None
    module, function = definition.module, definition.function
    found: list[tuple[str, str, str]] = []
    read: set[str] = set()
    for part in module.own_nodes(function):
        if is_locking(part) or (isinstance(part, ast.Attribute) and part.attr == "rowcount"):
            return None
        if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Load):
            read.add(part.attr)
        target = part.targets[0] if isinstance(part, ast.Assign) else None
        if isinstance(part, ast.Assign) and isinstance(target, ast.Attribute) and tells_state(target.attr):
            if not _is_row(project, module, target.value):
                return None
            given = part.value
            if isinstance(given, ast.Attribute) and given.attr == "value":
                given = given.value
            if isinstance(given, ast.Name) and _is_parameter(module, given):
                found.append((target.attr, given.id, ""))
            elif is_one_state(given) or not database.STATES.fullmatch(target.attr):
                found.append((target.attr, "", ast.unparse(given)))
            else:
                return None
    if len(found) != 1 or found[0][0] in read:
        return None
    return (*found[0], list(definition.positional)) if sessions.is_flushed_in(module, function) else None


def _is_parameter(module: Module, name: ast.Name) -> bool:
    bindings = module.bindings(name)
    return bool(bindings) and all(one.kind is BindingKind.PARAMETER for one in bindings)


def _is_row(project: Project, module: Module, expression: ast.expr) -> bool:
    """Whether an expression is a row that a function is given, or that it loads."""
    if not isinstance(expression, ast.Name) or expression.id in ("self", "cls"):
        return False
    if _is_parameter(module, expression):
        return True
    values = [value for _, value in last_assigned(module, expression)]
    return bool(values) and all(_is_loaded(project, module, value) for value in values)


def _is_loaded(project: Project, module: Module, value: ast.expr) -> bool:
    if is_answer(module, value):
        return True
    call = value.value if isinstance(value, ast.Await) else value
    return isinstance(call, ast.Call) and gives_loaded_row(project, module, call)
