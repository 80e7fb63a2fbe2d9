"""Row sources: functions of the project that load one row and give it to their caller."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import Definition, answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import last_assigned, names_model, statement_parts
from flake8_auditrules.semantics.row_checks import is_answer
from flake8_auditrules.semantics.scopes import FunctionNode

_MAXIMUM_HOPS = 2
_OPTIONAL = frozenset({"first", "one_or_none", "scalar_one_or_none"})


def gives_loaded_row(project: Project, module: Module, call: ast.Call, hops: int = 0) -> bool:
    """Whether the function behind a call gives but a row that it, or what it calls, loads without a lock."""
    return hops <= _MAXIMUM_HOPS and bool(
        answer_behind(
            project,
            module,
            call,
            "loaded rows",
            hops,
            lambda: _gives_row(project, definition_of(project, module, call), hops),
        )
    )


def _gives_row(project: Project, definition: Definition | None, hops: int) -> bool:
    if definition is None:
        return False
    module, function = definition.module, definition.function
    given: list[ast.expr] = []
    for part in module.own_nodes(function):
        if isinstance(part, (ast.Yield, ast.YieldFrom)) or is_locking(part):
            return False
        if isinstance(part, ast.Return) and part.value is not None:
            if not (isinstance(part.value, ast.Constant) and part.value.value is None):
                given.append(part.value)
    return bool(given) and all(
        is_answer(module, value) or _gives_other(project, module, value, hops) for value in given
    )


def gives_none_for_missing(project: Project, module: Module, call: ast.Call, hops: int = 0) -> bool:
    """Whether the function behind a call looks for a row or an entry and gives None where there is none."""
    return hops <= _MAXIMUM_HOPS and bool(
        answer_behind(
            project,
            module,
            call,
            "missing rows",
            hops,
            lambda: _gives_none(project, definition_of(project, module, call), hops),
        )
    )


def _gives_none(project: Project, definition: Definition | None, hops: int) -> bool:
    if definition is None:
        return False
    module, function = definition.module, definition.function
    given: list[ast.expr] = []
    for part in module.own_nodes(function):
        if isinstance(part, (ast.Yield, ast.YieldFrom, ast.Raise)):
            return False
        if isinstance(part, ast.Return):
            given.append(part.value or ast.Constant(None))
    # `if row is None: return None` says it, and so does each query whose answer is handed on.
    return bool(given) and (
        all(_may_be_none(project, module, value, hops) for value in given)
        or (_allows_none(function) and any(_is_none(value) for value in given))
    )


def _may_be_none(project: Project, module: Module, value: ast.expr, hops: int) -> bool:
    if isinstance(value, ast.Await):
        value = value.value
    if _is_none(value):
        return True
    if isinstance(value, ast.Name):
        values = [one for _, one in last_assigned(module, value)]
        return bool(values) and all(_may_be_none(project, module, one, hops + 1) for one in values)
    if not isinstance(value, ast.Call):
        return False
    if isinstance(value.func, ast.Attribute) and value.func.attr in _OPTIONAL and not value.args:
        return True
    if last_name(value) == "get" and len(value.args) == 2 and names_model(value.args[0]):
        return True
    return gives_none_for_missing(project, module, value, hops + 1)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _allows_none(function: FunctionNode) -> bool:
    """Whether a function is declared to give None or a thing: `-> Order | None`."""
    text = ast.unparse(function.returns) if function.returns is not None else ""
    return text.startswith("Optional[") or text.endswith("| None")


def _gives_other(project: Project, module: Module, value: ast.expr, hops: int) -> bool:
    """Whether a value is a row that another function of the project has loaded: `row = await find(code)`."""
    values = [one for _, one in last_assigned(module, value)] if isinstance(value, ast.Name) else [value]
    calls = [one.value if isinstance(one, ast.Await) else one for one in values]
    return bool(calls) and all(
        isinstance(one, ast.Call) and gives_loaded_row(project, module, one, hops + 1) for one in calls
    )


def asks_for_state(project: Project, module: Module, call: ast.Call, attribute: str) -> bool:
    """Whether the function behind a call loads only rows that have, or have not, a state: `used_at.is_(None)`."""
    return bool(
        answer_behind(
            project,
            module,
            call,
            "states asked for",
            attribute,
            lambda: _compares(definition_of(project, module, call), attribute),
        )
    )


def _compares(definition: Definition | None, attribute: str) -> bool:
    if definition is None:
        return False
    module, function = definition.module, definition.function
    answers = [part.value for part in module.own_nodes(function) if isinstance(part, ast.Return) and part.value]
    return bool(answers) and all(
        any(compares_column(part, attribute) for part in statement_parts(module, answer)) for answer in answers
    )


def compares_column(part: ast.AST, column: str) -> bool:
    """Whether a part of a query asks for what a column has: `Token.used == False`, `Token.used_at.is_(None)`."""
    asked = part.left if isinstance(part, ast.Compare) else None
    if isinstance(part, ast.Call):
        if last_name(part) in ("filter_by", "get"):
            return any(one.arg == column for one in part.keywords)
        if isinstance(part.func, ast.Attribute) and part.func.attr in ("is_", "in_"):
            asked = part.func.value
    return isinstance(asked, ast.Attribute) and asked.attr == column and names_model(asked.value)


def is_locking(part: ast.AST) -> bool:
    """Whether a node names a lock: `with_for_update()`, `with_for_update=True`, `self.lock`."""
    if isinstance(part, ast.keyword):
        return part.arg == "with_for_update"
    name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
    return name == "with_for_update" or "lock" in name.lower().replace("block", "")
