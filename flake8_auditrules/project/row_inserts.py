"""Row inserts: functions of the project that add one new row for what they are given."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import Definition, answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.queries import is_query, last_assigned
from flake8_auditrules.semantics.scopes import BindingKind

# What a repository of any model, or a class method, calls its model.
GENERIC = frozenset({"cls", "model", "_model", "model_class", "_model_class"})
# What makes a row of SQLModel's of another object.
VALIDATING = frozenset({"model_validate", "from_orm", "parse_obj"})
_DEALING = pattern(r"lock|on_conflict|begin_nested|savepoint|upsert|merge|get_or_create|exists|existing")


class Insert(NamedTuple):
    """
    The row that a call adds: the last name of its model, and whether the caller has made it and gives it whole.

    The model is "" where the caller has made the row.
    """

    model: str
    is_given: bool


def insert_behind(project: Project, module: Module, call: ast.Call) -> Insert | None:
    """
    The row that the function behind a call adds to a session, whatever is there already.

    None for a function that is not known, and for one that looks for the row itself or deals with a twin.
    """
    found = answer_behind(
        project, module, call, "inserts", "", lambda: _inserted(definition_of(project, module, call))
    )
    return Insert(*found) if found is not None else None


def adds_itself(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether the method behind `row.save()` adds the row to a session, with no handler of its own."""
    return bool(
        answer_behind(
            project, module, call, "adds itself", "", lambda: _adds_itself(definition_of(project, module, call))
        )
    )


def _adds_itself(definition: Definition | None) -> bool:
    if definition is None:
        return False
    parts = list(definition.module.own_nodes(definition.function))
    return not any(isinstance(part, ast.ExceptHandler) for part in parts) and any(
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and part.func.attr == "add"
        and len(part.args) == 1
        and last_name(part.args[0]) == "self"
        and sessions.session_of(definition.module, part.func.value) is not None
        for part in parts
    )


def _inserted(definition: Definition | None) -> tuple[str, bool] | None:
    if definition is None:
        return None
    module, function = definition.module, definition.function
    parameters = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)} - {"self", "cls"}
    rest = (function.args.vararg, function.args.kwarg)
    parameters.update(one.arg for one in rest if one is not None)
    found: tuple[str, bool] | None = None
    for part in module.own_nodes(function):
        if isinstance(part, ast.ExceptHandler):
            return None
        name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
        if name and _DEALING.search(name.lower().replace("block", "")):
            return None
        if not isinstance(part, ast.Call):
            continue
        if is_query(module, part):
            return None
        if not isinstance(part.func, ast.Attribute) or part.func.attr != "add" or len(part.args) != 1:
            continue
        if sessions.session_of(module, part.func.value) is None:
            continue
        one = _made(module, part.args[0], parameters)
        if one is None or found is not None or module.loop_of(part) is not None:
            return None
        found = one
    return found


def _made(module: Module, added: ast.expr, parameters: set[str]) -> tuple[str, bool] | None:
    """The model of a row that is made of parameters; "" for a row that is a parameter itself."""
    if isinstance(added, ast.Name):
        bindings = module.bindings(added)
        if bindings and all(one.kind is BindingKind.PARAMETER for one in bindings):
            return "", True
        values = [value for _, value in last_assigned(module, added)]
        if len(values) != 1:
            return None
        added = values[0]
    if not isinstance(added, ast.Call):
        return None
    names = _made_of(module, added, parameters)
    if not any(mentions(given, names) for given in _given(added)):
        return None
    name = last_name(added.func)
    if name in VALIDATING and isinstance(added.func, ast.Attribute):
        name = last_name(added.func.value)
    return (name, False) if name[:1].isupper() or name in GENERIC else None


def _made_of(module: Module, made: ast.Call, parameters: set[str]) -> set[str]:
    """The parameters, and the names of what is assigned from them."""
    names = set(parameters)
    for part in ast.walk(made):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            if any(one.value is not None and mentions(one.value, parameters) for one in module.bindings(part)):
                names.add(part.id)
    return names


def _given(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]
