"""Refusals: functions that raise where a row of a model with the same key is there already, or give that row."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.project.definitions import (
    Definition,
    answer_behind,
    arguments_by_place,
    definition_of,
    parameter_at,
)
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.queries import (
    FETCHING_ROWS,
    always_parts,
    asks_for_model,
    columns_compared,
    keys_of_get,
    names_model,
    queried_model,
    statement_parts,
)
from flake8_auditrules.semantics.row_checks import is_answer
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_MAXIMUM_HOPS = 2


class Refusal(NamedTuple):
    """
    What a call refuses: the last name of the model, and the argument that each column is compared with.

    A column is "" where the row is looked for by its primary key.
    """

    model: str
    arguments: tuple[tuple[str, ast.expr], ...]


def refusal(project: Project, module: Module, call: ast.Call) -> Refusal | None:
    """
    What the function behind a call refuses: it looks for a row by its parameters and raises if there is one.

    None for a function that is not known, and for one that compares a column with anything but a parameter.
    """
    found = answer_behind(
        project, module, call, "refusal", "", lambda: _refused(definition_of(project, module, call))
    )
    if found is None:
        return None
    model, columns, positional = found
    given = {parameter_at(positional, place): value for place, value in arguments_by_place(call)}
    if not all(parameter in given for _, parameter in columns):
        return None
    return Refusal(model, tuple((column, given[parameter]) for column, parameter in columns))


def sought(project: Project, module: Module, call: ast.Call, hops: int = 0) -> Refusal | None:
    """
    What the function behind a call looks for by its parameters; it gives the row, or None where there is none.

    Functions that tell whether there is one count as well, also by what another one gives.

    None for a function that is not known, and for one that compares a column with anything but a parameter or a
    constant. A constant that a column is compared with stands for the argument.
    """
    found = answer_behind(
        project, module, call, "sought", hops, lambda: _sought(project, definition_of(project, module, call), hops)
    )
    if found is None:
        return None
    model, columns, constants, positional = found
    given = {parameter_at(positional, place): value for place, value in arguments_by_place(call)}
    if not all(parameter in given for _, parameter in columns):
        return None
    asked = [(column, given[parameter]) for column, parameter in columns]
    return Refusal(model, (*asked, *((column, ast.Constant(value)) for column, value in constants)))


_Asked = tuple[str, list[tuple[str, str]], list[tuple[str, str | int | None]]]


def _sought(
    project: Project, definition: Definition | None, hops: int
) -> tuple[str, list[tuple[str, str]], list[tuple[str, str | int | None]], list[str]] | None:
    """The model's name, its columns with parameters, those with constants, and the parameters by position."""
    if definition is None:
        return None
    module, function = definition.module, definition.function
    found: list[_Asked] = []
    for part in module.own_nodes(function):
        if isinstance(part, (ast.Yield, ast.YieldFrom)):
            return None
        if not isinstance(part, ast.Return) or part.value is None:
            continue
        answer = _answer_in(module, part.value)
        behind = _told_by(part.value) if answer is None and hops < _MAXIMUM_HOPS else None
        if answer is not None or behind is not None:
            one = (
                _asked(module, function, answer)
                if answer is not None
                else _asked_behind(project, module, function, behind, hops)
            )
            if one is None or (found and found[0] != one):
                return None
            found.append(one)
    return (*found[0], list(definition.positional)) if found else None


def _told_by(value: ast.expr) -> ast.Call | None:
    """The call whose answer tells what is returned: `self.find(email) is not None`, `bool(find(email))`."""
    if isinstance(value, ast.Compare):
        bound = value.comparators[0]
        is_there = isinstance(value.ops[0], ast.IsNot) and isinstance(bound, ast.Constant) and bound.value is None
        value = value.left if is_there else bound
    elif isinstance(value, ast.Call) and last_name(value) == "bool" and value.args:
        value = value.args[0]
    if isinstance(value, ast.Await):
        value = value.value
    return value if isinstance(value, ast.Call) else None


def _asked_behind(
    project: Project, module: Module, function: FunctionNode, call: ast.Call | None, hops: int
) -> _Asked | None:
    """What a function asks for through another one of the project."""
    found = sought(project, module, call, hops + 1) if call is not None else None
    if found is None:
        return None
    columns: list[tuple[str, str]] = []
    constants: list[tuple[str, str | int | None]] = []
    for column, value in found.arguments:
        if isinstance(value, ast.Constant) and (value.value is None or isinstance(value.value, (str, int))):
            constants.append((column, value.value))
            continue
        parameter = _parameter_in(module, value, function)
        if parameter is None:
            return None
        columns.append((column, parameter))
    return (found.model, columns, constants) if columns else None


def _asked(module: Module, function: FunctionNode, answer: ast.expr) -> _Asked | None:
    """The model's name that an answer is of, and what its columns are compared with: parameters, and constants."""
    parts = list(always_parts(module, answer))
    model = _model_asked_for(module, parts)
    if model is None:
        return None
    columns: list[tuple[str, str]] = []
    constants: list[tuple[str, str | int | None]] = []
    keys = [("", key) for several in keys_of_get(parts, model) for key in several]
    for column, value in (*columns_compared(parts, model), *keys):
        if isinstance(value, ast.Constant) and (value.value is None or isinstance(value.value, (str, int))):
            constants.append((column, value.value))
            continue
        parameter = _parameter_in(module, value, function)
        if parameter is None:
            return None
        columns.append((column, parameter))
    return (_title(module, function, model), columns, constants) if columns else None


def _title(module: Module, function: FunctionNode, model: str) -> str:
    """The last name of a model; of `cls` that of the class whose method asks."""
    holder = module.class_of(function) if model == "cls" else None
    return holder.name if holder is not None else model.rpartition(".")[2]


def _answer_in(module: Module, value: ast.expr) -> ast.expr | None:
    """What a query gave, in a value that is returned: `row`, `Item(row) if row else None`, `row is not None`."""
    if isinstance(value, ast.Compare) and not _says_there_is(value):
        return None
    if isinstance(value, (ast.BoolOp, ast.UnaryOp)):
        return None
    for part in ast.walk(value):
        if isinstance(part, (ast.Name, ast.Call, ast.Await)) and is_answer(module, part):
            return part
    return None


def _says_there_is(test: ast.Compare) -> bool:
    """Whether a comparison holds where there is a row: `row is not None`, `count > 0`."""
    bound = test.comparators[0]
    if isinstance(test.ops[0], (ast.Gt, ast.NotEq)):
        return isinstance(bound, ast.Constant) and bound.value == 0
    if isinstance(test.ops[0], ast.GtE):
        return isinstance(bound, ast.Constant) and bound.value == 1
    return isinstance(test.ops[0], ast.IsNot)


def _parameter_in(module: Module, value: ast.expr, function: FunctionNode) -> str | None:
    """The parameter that a value is, or that it is made of alone: `name`, `name.strip()`, what was assigned so."""
    names = {part.id: part for part in ast.walk(value) if isinstance(part, ast.Name)}
    called = {last_name(part) for part in ast.walk(value) if isinstance(part, ast.Call)}
    left = [name for text, name in names.items() if text not in called]
    if len(left) != 1:
        return None
    bindings = module.bindings(left[0])
    if all(one.kind is BindingKind.PARAMETER for one in bindings):
        return left[0].id if _is_parameter(module, left[0], function) else None
    values = [one.value for one in bindings if one.kind is BindingKind.ASSIGNMENT]
    if len(values) != 1 or values[0] is None or mentions(values[0], {left[0].id}):
        return left[0].id if any(one.kind is BindingKind.PARAMETER for one in bindings) else None
    return _parameter_in(module, values[0], function)


def _refused(definition: Definition | None) -> tuple[str, list[tuple[str, str]], list[str]] | None:
    """The model's name, its columns with the parameters they are compared with, the parameters by position."""
    if definition is None:
        return None
    module, function = definition.module, definition.function
    for number, statement in enumerate(function.body):
        if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
            continue
        parts = list(statement_parts(module, statement.value))
        model = _model_asked_for(module, parts)
        if model is None or not _raises_if_found(function.body[number + 1 :], statement.targets[0].id):
            continue
        columns: list[tuple[str, str]] = []
        keys = [("", key) for several in keys_of_get(parts, model) for key in several]
        for column, value in (*columns_compared(parts, model), *keys):
            if not isinstance(value, ast.Name) or not _is_parameter(module, value, function):
                return None
            columns.append((column, value.id))
        return (_title(module, function, model), columns, list(definition.positional)) if columns else None
    return None


def _model_asked_for(module: Module, parts: list[ast.AST]) -> str | None:
    """The model of `select(Model)`, `select(Model.id)` or `query(Model)` on a session, or of `Model.query`."""
    for part in parts:
        model = queried_model(module, part)
        if model is not None:
            return model
        if isinstance(part, ast.Call) and part.args and last_name(part.func) in ("select", "query", "get"):
            asked = part.args[0]
            if isinstance(asked, ast.Attribute) and names_model(asked.value):
                asked = asked.value
            for model in (dotted(asked),) if dotted(asked) is not None else _models_compared(parts):
                if model is not None and asks_for_model(module, parts, model):
                    return model
    return None


def _models_compared(parts: list[ast.AST]) -> Iterator[str | None]:
    """The models whose columns a statement compares: of `select(exists().where(User.email == email))`."""
    for part in parts:
        if isinstance(part, ast.Compare) and isinstance(part.left, ast.Attribute):
            yield dotted(part.left.value)


def _raises_if_found(statements: list[ast.stmt], name: str) -> bool:
    """Whether, of these statements, one raises where the result of that name has a row."""
    names = {name}
    for statement in statements:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            if _fetches(statement.value, names):
                names.add(statement.targets[0].id)
        elif isinstance(statement, ast.If) and isinstance(statement.body[-1], ast.Raise):
            test = statement.test
            if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.IsNot):
                test = test.left
            if _fetches(test, names) or (isinstance(test, ast.Name) and test.id in names):
                return True
    return False


def _fetches(expression: ast.expr, names: set[str]) -> bool:
    """Whether an expression takes rows out of one of these results: `result.scalars().first()`."""
    if isinstance(expression, ast.Await):
        expression = expression.value
    if not isinstance(expression, ast.Call) or last_name(expression) not in FETCHING_ROWS:
        return False
    return any(isinstance(link, ast.Name) and link.id in names for link in _links(expression))


def _links(expression: ast.expr) -> Iterator[ast.expr]:
    """The expressions of a chain of calls and attributes, from the last call inward."""
    while True:
        yield expression
        if isinstance(expression, ast.Call):
            expression = expression.func
        elif isinstance(expression, ast.Attribute):
            expression = expression.value
        else:
            return


def _is_parameter(module: Module, name: ast.Name, function: FunctionNode) -> bool:
    bindings = module.bindings(name)
    return (
        len(bindings) == 1
        and bindings[0].kind is BindingKind.PARAMETER
        and getattr(module.owner_of(name), "node", None) is function
    )
