"""Partial updates: what a client has sent of a model is put into a row, field by field, whatever it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_DUMPING = frozenset({"dict", "model_dump"})
_SENT = "exclude_unset"
# Options of a dump after which not everything that was sent is in it, or not under its name.
_UNCERTAIN = frozenset({"by_alias", "context", "include", "round_trip", "serialize_as_any"})


class PartialUpdate(NamedTuple):
    """
    A row, or rows, that get the fields which a client has sent.

    `body` is the model that holds what was sent, `row` one row or None, `model` the class of rows where a
    statement updates them, `site` what does it, and `left_out` are the fields that the function looks at or takes
    out.
    """

    body: ast.expr
    row: ast.expr | None
    model: ast.expr | None
    site: ast.AST
    left_out: frozenset[str]


def updating(module: Module) -> list[FunctionNode]:
    """The functions that ask a model for what was sent of it, in source order."""
    found: list[FunctionNode] = []
    for call in module.calls_named(*_DUMPING):
        function = module.function_of(call)
        if (
            isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
            and function not in found
            and any(keyword.arg == _SENT for keyword in call.keywords)
        ):
            found.append(function)
    return found


def partial_updates(module: Module, function: FunctionNode) -> Iterator[PartialUpdate]:
    """The places of a function where a row gets all that was sent, null included."""
    for part in module.own_nodes(function):
        if isinstance(part, ast.For):
            found = _by_loop(part)
        elif isinstance(part, ast.Call):
            found = _by_call(part)
        else:
            continue
        if found is None:
            continue
        fields, row, model = found
        dump = _dump(module, fields)
        body = dump.func.value if dump is not None and isinstance(dump.func, ast.Attribute) else None
        left_out = _left_out(module, function, dump, body) if dump is not None and body is not None else None
        if body is not None and left_out is not None:
            yield PartialUpdate(body, row, model, part, left_out)


def _by_loop(loop: ast.For) -> tuple[ast.expr, ast.expr | None, ast.expr | None] | None:
    """The fields and the row of `for name, value in fields.items(): setattr(row, name, value)`."""
    source, target = loop.iter, loop.target
    if (
        not isinstance(source, ast.Call)
        or last_name(source) != "items"
        or not isinstance(source.func, ast.Attribute)
        or not isinstance(target, ast.Tuple)
        or len(target.elts) != 2
    ):
        return None
    name, value = target.elts
    for statement in loop.body:
        put = _asked_for_existence(statement)
        call = put.value if isinstance(put, ast.Expr) else None
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id != "setattr":
            # What else the loop does may change or refuse the value.
            return None
        row, given_name, given = call.args if len(call.args) == 3 else (None, None, None)
        if row is not None and _is_name(given_name, name) and _is_name(given, value):
            return source.func.value, row, None
    return None


def _asked_for_existence(statement: ast.stmt) -> ast.stmt:
    """What stands under `if hasattr(row, name):`; any other statement itself."""
    if isinstance(statement, ast.If) and len(statement.body) == 1 and not statement.orelse:
        test = statement.test
        if isinstance(test, ast.Call) and last_name(test) == "hasattr":
            return statement.body[0]
    return statement


def _is_name(expression: ast.expr | None, other: ast.expr) -> bool:
    return isinstance(expression, ast.Name) and isinstance(other, ast.Name) and expression.id == other.id


def _by_call(call: ast.Call) -> tuple[ast.expr, ast.expr | None, ast.expr | None] | None:
    """The fields and the row of `row.sqlmodel_update(fields)`, or the rows of `update(X).values(**fields)`."""
    function = call.func
    if not isinstance(function, ast.Attribute):
        return None
    if function.attr == "sqlmodel_update" and len(call.args) == 1 and not call.keywords:
        return call.args[0], function.value, None
    if function.attr == "values" and not call.args:
        spread = [keyword.value for keyword in call.keywords if keyword.arg is None]
        owner = function.value
        while isinstance(owner, ast.Call) and isinstance(owner.func, ast.Attribute):
            owner = owner.func.value
        if len(spread) == 1 and isinstance(owner, ast.Call) and last_name(owner) == "update" and owner.args:
            return spread[0], None, owner.args[0]
    return None


def _dump(module: Module, fields: ast.expr) -> ast.Call | None:
    """The call `body.model_dump(exclude_unset=True)` that gives fields, also by a name; None for another value."""
    if isinstance(fields, ast.Name):
        bindings = module.bindings(fields)
        if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].value is None:
            return None
        if not _is_only_read(module, fields):
            return None
        fields = bindings[0].value
    if not isinstance(fields, ast.Call) or not isinstance(fields.func, ast.Attribute) or fields.args:
        return None
    options = {keyword.arg: keyword.value for keyword in fields.keywords}
    if fields.func.attr not in _DUMPING or None in options or not _UNCERTAIN.isdisjoint(filter(None, options)):
        return None
    return fields if _is_true(options.get(_SENT)) and not _may_be_true(options.get("exclude_none")) else None


def _is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def _may_be_true(value: ast.expr | None) -> bool:
    return value is not None and not (isinstance(value, ast.Constant) and not value.value)


def _is_only_read(module: Module, fields: ast.Name) -> bool:
    """Whether nobody else gets the fields: they are gone through, spread, indexed, tested or counted."""
    owner = module.function_of(fields)
    if not isinstance(owner, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    for part in module.own_nodes(owner):
        if not isinstance(part, ast.Name) or part.id != fields.id or not isinstance(part.ctx, ast.Load):
            continue
        around = module.parent(part)
        if isinstance(around, ast.Call) and last_name(around) not in ("len", "sqlmodel_update", "bool", "sorted"):
            return False
        if isinstance(around, (ast.comprehension, ast.For, ast.Return, ast.Assign)):
            # `for name in fields:` may refuse one of them.
            return False
    return True


def _left_out(module: Module, function: FunctionNode, dump: ast.Call, body: ast.expr) -> frozenset[str] | None:
    """The fields that the dump leaves out, or that the function names; None where that is not written out."""
    found: set[str] = set()
    for keyword in dump.keywords:
        if keyword.arg == "exclude":
            excluded = keyword.value
            if not isinstance(excluded, ast.Set) or not all(
                isinstance(one, ast.Constant) for one in excluded.elts
            ):
                return None
            found.update(str(one.value) for one in excluded.elts if isinstance(one, ast.Constant))
    text = module.source(body)
    for part in module.own_nodes(function):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.add(part.value)
        elif isinstance(part, ast.Attribute) and part is not dump.func and module.source(part.value) == text:
            found.add(part.attr)
    return frozenset(found)
