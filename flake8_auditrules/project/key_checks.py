"""Key checks: what a function has asked before it adds a row, by the key that the new row gets."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.free_names import gives_free_name
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.refusals import refusal, sought
from flake8_auditrules.project.row_inserts import GENERIC, VALIDATING
from flake8_auditrules.project.written_by_callers import is_written_by_callers
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.origins import Origin, origins
from flake8_auditrules.semantics.queries import (
    always_parts,
    asks_for_model,
    columns_compared,
    keys_of_get,
    last_assigned,
    names_model,
)
from flake8_auditrules.semantics.row_checks import block_around, found_nothing, is_answer
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.sessions import Session

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What a function is called that refuses what is there already; only such a one is looked up elsewhere.
_CHECKING = pattern(r"assert|avail|check|conflict|dup|ensure|exist|raise|taken|uniq|valid|verif", re.IGNORECASE)
# What a function is called that looks for a name, or a number, that nobody has.
_FREEING = pattern(r"avail|free|new|next|number|slug|uniq|unused|username", re.IGNORECASE)
# Class methods that make a row and leave it to the caller to add it.
_MAKING = pattern(r"(?:build|create|from|make|new)(?:_|$)")
# What unpacks the fields of a pydantic model.
_FIELDS = frozenset({"dict", "jsonable_encoder", "model_dump"})
# What a process is called by others.
_OWN = pattern(r"_?(?:owner|worker|instance|host|node|process|consumer|replica)(?:_?(?:id|name))?|hostname|pid")


def check_before_add(
    project: Project,
    module: Module,
    function: FunctionNode,
    add: ast.Call,
    made: ast.Call,
    session: Session | None,
) -> ast.expr | ast.stmt | None:
    """What has found no row with the key that the row gets which `add` adds and `made` makes."""
    return (
        _missed_before(project, module, add, session, made)
        or _check_for(project, module, add, session, made)
        or _sought_before(project, module, add, made)
        or _refusal_before(project, module, function, add, made)
        or _free_name_before(project, module, title_of(made), made.keywords)
    )


def _check_for(
    project: Project, module: Module, add: ast.Call, session: Session | None, made: ast.Call
) -> ast.expr | None:
    """The answer that was none before the `add`, of a query by a key that the new row gets too."""
    model = model_of(made)
    assert model is not None, "what is made has a name"
    for answer in found_nothing(module, add):
        if not is_answer(module, answer):
            continue
        parts = list(always_parts(module, answer))
        if not asks_for_model(module, parts, model, session):
            continue
        if _asks_for_other_row(module, parts, model, made):
            continue
        if _gets_asked_key(project, module, parts, model, add, made) or _gets_by_key(project, module, parts, made):
            return answer
    return None


def check_of_itself(module: Module, add: ast.Call, session: Session) -> ast.expr | None:
    """The answer that was none before the `add` of a row, of a query for the very key that this row has."""
    row = add.args[0]
    for answer in found_nothing(module, add) if isinstance(row, ast.Name) else ():
        if not is_answer(module, answer):
            continue
        parts = list(always_parts(module, answer))
        for part in parts:
            if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.Eq):
                column, value = part.left, part.comparators[0]
                if not isinstance(column, ast.Attribute) or not isinstance(value, ast.Attribute):
                    continue
                if column.attr == value.attr and ast.dump(value.value) == ast.dump(row):
                    model = dotted(column.value)
                    if model is not None and names_model(column.value):
                        if asks_for_model(module, parts, model, session):
                            return answer
    return None


def _missed_before(
    project: Project, module: Module, add: ast.Call, session: Session | None, made: ast.Call
) -> ast.stmt | None:
    """The query whose `NoResultFound` the `add` answers, and that looks for a key of the new row."""
    model = model_of(made)
    assert model is not None, "what is made has a name"
    for around in module.ancestors(add):
        if isinstance(around, ast.ExceptHandler):
            block = module.parent(around)
            if not isinstance(block, ast.Try) or last_name(around.type or around) != "NoResultFound":
                return None
            for statement in block.body:
                value = statement.value if isinstance(statement, (ast.Assign, ast.Return)) else None
                parts = list(always_parts(module, value)) if value is not None else []
                if asks_for_model(module, parts, model, session):
                    asked = _keys_asked(project, module, parts, model) & _keys_given(made)
                    if asked and not _asks_for_other_row(module, parts, model, made):
                        return statement
            return None
    return None


def _refusal_before(
    project: Project, module: Module, function: FunctionNode, add: ast.Call, made: ast.Call
) -> ast.stmt | None:
    """The call before the `add` of a function that raises where a row with the new row's key is there."""
    model = title_of(made)
    for statement in function.body:
        if statement.lineno >= add.lineno:
            break
        value = statement.value if isinstance(statement, (ast.Expr, ast.Assign)) else None
        call = value.value if isinstance(value, ast.Await) else value
        if not isinstance(call, ast.Call) or not _CHECKING.search(last_name(call)):
            continue
        found = refusal(project, module, call)
        if found is not None and found.model == model:
            if all(_is_given(module, made, column, value) for column, value in found.arguments):
                return statement
    return None


def _sought_before(project: Project, module: Module, add: ast.Call, made: ast.Call) -> ast.expr | None:
    """The call before the `add` of a function that gives the row with the new row's key, and gave None."""
    given = {ast.dump(keyword.value) for keyword in made.keywords}
    unpacked = last_name(made.func) in VALIDATING or any(keyword.arg is None for keyword in made.keywords)
    for answer in found_nothing(module, add):
        call = call_behind(module, answer)
        if call is None:
            continue
        arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
        if not unpacked and given.isdisjoint(ast.dump(argument) for argument in arguments):
            continue
        found = sought(project, module, call)
        if (
            found is not None
            and found.model == title_of(made)
            and _has_key(project, module, made, found.arguments)
        ):
            return call
    return None


def free_name_of_django(project: Project, module: Module, create: ast.Call) -> ast.expr | None:
    """The call that has looked for a value that no row has, and that `Book.objects.create(slug=...)` gives."""
    manager = create.func.value if isinstance(create.func, ast.Attribute) else None
    if not isinstance(manager, ast.Attribute) or manager.attr != "objects":
        return None
    return _free_name_before(project, module, last_name(manager.value), create.keywords)


def _free_name_before(project: Project, module: Module, model: str, given: list[ast.keyword]) -> ast.expr | None:
    """The call of a function that has looked for a value that no row has, which the new row gets."""
    for one in given:
        if one.arg is None or not isinstance(one.value, (ast.Await, ast.Call, ast.Name)):
            continue
        call = call_behind(module, one.value)
        if call is not None and _FREEING.search(last_name(call)):
            if gives_free_name(project, module, call, model, one.arg):
                return call
    return None


def row_added(add: ast.Call) -> ast.expr:
    """The row that `session.add(row)`, or `row.save()`, adds."""
    return add.args[0] if add.args else add.func.value if isinstance(add.func, ast.Attribute) else add.func


def made_by(module: Module, added: ast.expr) -> ast.Call | None:
    """The call that makes the row that is added."""
    if isinstance(added, ast.Name):
        values = [value for _, value in last_assigned(module, added)] or _unpacked_first(module, added)
        if len(values) != 1:
            # What was found before may be added again.
            return None
        added = values[0]
    if isinstance(added, ast.Await):
        added = added.value
    if isinstance(added, ast.Call) and model_of(added) is not None:
        return added
    return None


def _unpacked_first(module: Module, row: ast.Name) -> list[ast.expr]:
    """The call that gives a row with something else: `user, key = User.create_with_key(...)`."""
    bindings = module.bindings(row)
    statement = module.statement(bindings[0].site) if len(bindings) == 1 else None
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if not isinstance(statement, ast.Assign) or not isinstance(target, ast.Tuple):
        return []
    return [statement.value] if last_name(target.elts[0]) == row.id else []


def model_of(made: ast.Call) -> str | None:
    """The dotted name of the model of a call that makes a row: `User(...)`, `User.model_validate(data)`."""
    model = made.func
    if isinstance(model, ast.Attribute) and (model.attr in VALIDATING or _MAKING.match(model.attr)):
        model = model.value
    name = last_name(model)
    return dotted(model) if name[:1].isupper() or name in GENERIC else None


def title_of(made: ast.Call) -> str:
    """The last name of the model of a call that makes a row; "" for another call."""
    return (model_of(made) or "").rpartition(".")[2]


def call_behind(module: Module, answer: ast.expr) -> ast.Call | None:
    """The one call that an answer is, or that its name was assigned."""
    answer = _value_of(module, answer)
    if isinstance(answer, ast.Await):
        answer = answer.value
    return answer if isinstance(answer, ast.Call) else None


def is_fixed(project: Project, module: Module, value: ast.expr) -> bool:
    """Whether a value is always the same: the row of that key is made once, by whoever comes first."""
    if isinstance(value, ast.Constant) or last_name(value).isupper():
        return True
    if isinstance(value, ast.Attribute) and dotted(value.value) == "self" and _OWN.fullmatch(value.attr):
        # The row of this very process: no other one writes it.
        return True
    if not isinstance(value, ast.Name):
        return False
    bindings = module.bindings(value)
    if len(bindings) == 1 and bindings[0].kind is BindingKind.PARAMETER:
        function = module.function_of(value)
        if not isinstance(function, _FUNCTIONS) or not function.name.startswith("_"):
            # Others may call it with another key.
            return False
        return is_written_by_callers(project, module, value)
    return origins(module, value) == {Origin.CONSTANT}


def _gets_asked_key(
    project: Project, module: Module, parts: list[ast.AST], model: str, add: ast.Call, made: ast.Call
) -> bool:
    """Whether the new row gets a value in a column that the query compares with what may change."""
    given = _keys_given(made)
    set_later = _set_before(module, add)
    spread = {ast.dump(one) for one in _spread([made], "")}
    if any(ast.dump(one) in spread for one in _spread(parts, "filter_by")):
        return True
    for column, value in columns_compared(parts, model):
        if is_fixed(project, module, value):
            continue
        if column in given or (column in set_later and ast.dump(set_later[column]) == ast.dump(value)):
            return True
        if _is_given(module, made, column, value):
            return True
    return False


def _spread(parts: Sequence[ast.AST], name: str) -> Iterator[ast.expr]:
    """What calls of a name, any where it is "", are given with `**`."""
    for part in parts:
        if isinstance(part, ast.Call) and (not name or last_name(part) == name):
            yield from (one.value for one in part.keywords if one.arg is None)


def _set_before(module: Module, add: ast.Call) -> dict[str, ast.expr]:
    """What `row.column = value` sets in the block of `add(row)` before it, by column."""
    row = row_added(add)
    statement = module.statement(add)
    block = block_around(module, statement)
    if not isinstance(row, ast.Name):
        return {}
    found: dict[str, ast.expr] = {}
    for earlier in block[: block.index(statement)]:
        if not isinstance(earlier, ast.Assign):
            continue
        target = earlier.targets[0]
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == row.id:
            found[target.attr] = earlier.value
    return found


def _has_key(project: Project, module: Module, made: ast.Call, asked: tuple[tuple[str, ast.expr], ...]) -> bool:
    """Whether a new row gets what was asked for: not all of it the same each time, and no other constant."""
    constants = {one.arg: one.value.value for one in made.keywords if isinstance(one.value, ast.Constant)}
    changing = False
    for column, value in asked:
        if isinstance(value, ast.Constant):
            if constants.get(column, value.value) != value.value:
                return False
        elif not _is_given(module, made, column, value):
            return False
        changing = changing or not is_fixed(project, module, value)
    return changing


def _asks_for_other_row(module: Module, parts: list[ast.AST], model: str, made: ast.Call) -> bool:
    """Whether a query asks for another constant in a column than the new row gets there."""
    given = {one.arg: one.value.value for one in made.keywords if isinstance(one.value, ast.Constant)}
    return any(
        isinstance(value, ast.Constant) and given.get(column, value.value) != value.value
        for column, value in columns_compared(parts, model)
    )


def _keys_asked(project: Project, module: Module, parts: list[ast.AST], model: str) -> set[str]:
    """The columns that a query compares, with `==` or in `filter_by`, with what is not always the same."""
    return {column for column, value in columns_compared(parts, model) if not is_fixed(project, module, value)}


def _gets_by_key(project: Project, module: Module, parts: list[ast.AST], made: ast.Call) -> bool:
    """Whether `get(Model, key)` asks for the very values, all of them names, that the new row is made with."""
    given = {dotted(keyword.value) for keyword in made.keywords if not is_fixed(project, module, keyword.value)}
    return any(
        asked and all(dotted(one) is not None and dotted(one) in given for one in asked)
        for asked in keys_of_get(parts, model_of(made) or "")
    )


def _is_given(module: Module, made: ast.Call, column: str, value: ast.expr) -> bool:
    """
    Whether a new row gets a value in a column, in any where `column` is "".

    By name, or among the unpacked fields of a pydantic model.
    """
    if not column:
        return any(ast.dump(keyword.value) == ast.dump(value) for keyword in made.keywords)
    for keyword in made.keywords:
        if keyword.arg == column:
            return ast.dump(keyword.value) == ast.dump(value)
    if last_name(made.func) in VALIDATING and made.args:
        return _is_field(value, column, made.args[0])
    return any(
        keyword.arg is None
        and (
            holds(module, keyword.value, column, value)
            or is_item(value, column, keyword.value)
            or _is_field(value, column, unpacked(module, keyword.value))
        )
        for keyword in made.keywords
    )


def unpacked(module: Module, fields: ast.expr) -> ast.expr | None:
    """The object whose fields a dict holds: `data` of `data.model_dump()`, also behind a name."""
    fields = _value_of(module, fields)
    if not isinstance(fields, ast.Call) or last_name(fields) not in _FIELDS:
        return None
    if isinstance(fields.func, ast.Attribute):
        return fields.func.value
    return fields.args[0] if len(fields.args) == 1 else None


def _value_of(module: Module, expression: ast.expr) -> ast.expr:
    """What a name was last assigned, where that is one thing; all other expressions as they are."""
    values = [value for _, value in last_assigned(module, expression)] if isinstance(expression, ast.Name) else []
    return values[0] if len(values) == 1 else expression


def holds(module: Module, fields: ast.expr, column: str, value: ast.expr) -> bool:
    """Whether a dict, also behind a name, is written out with a value for a column, for any where it is ""."""
    fields = _value_of(module, fields)
    return isinstance(fields, ast.Dict) and any(
        isinstance(key, ast.Constant) and (not column or key.value == column) and ast.dump(one) == ast.dump(value)
        for key, one in zip(fields.keys, fields.values, strict=True)
    )


def is_item(value: ast.expr, column: str, fields: ast.expr) -> bool:
    """Whether a value is what a dict holds for a column: `data["email"]`, `data.get("email")`."""
    key = value.slice if isinstance(value, ast.Subscript) else None
    if isinstance(value, ast.Call) and last_name(value) == "get" and value.args:
        key, value = value.args[0], value.func
    if (
        not isinstance(key, ast.Constant)
        or key.value != column
        or not isinstance(value, (ast.Attribute, ast.Subscript))
    ):
        return False
    return ast.dump(value.value) == ast.dump(fields)


def _is_field(value: ast.expr, column: str, holder: ast.expr | None) -> bool:
    return (
        holder is not None
        and isinstance(value, ast.Attribute)
        and value.attr == column
        and ast.dump(value.value) == ast.dump(holder)
    )


def _keys_given(made: ast.Call) -> set[str]:
    return {keyword.arg for keyword in made.keywords if keyword.arg}
