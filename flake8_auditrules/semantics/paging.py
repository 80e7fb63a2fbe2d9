"""Paging: statements of SQLAlchemy that are read page by page, and whether their rows have an order."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.queries import chain_above, queried_model
from flake8_auditrules.semantics.scopes import BindingKind, ScopeKind

_SELECTING = frozenset(
    {
        "sqlalchemy.select",
        "sqlalchemy.future.select",
        "sqlalchemy.sql.select",
        "sqlalchemy.sql.expression.select",
        "sqlmodel.select",
        "sqlmodel.sql.expression.select",
    }
)
# Methods of a statement that give the same statement, more narrowly said.
_KEEPING = frozenset(
    {
        "add_columns",
        "distinct",
        "execution_options",
        "filter",
        "filter_by",
        "group_by",
        "having",
        "join",
        "join_from",
        "limit",
        "offset",
        "options",
        "outerjoin",
        "select_from",
        "where",
        "with_only_columns",
        "with_for_update",
        "unique",
    }
)
_ORDERING = frozenset({"order_by", "with_order_by", "paginate", "sort", "get_children"})
_ONE_ROW = frozenset({"first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "exists"})
_NAMING = (BindingKind.PARAMETER, BindingKind.IMPORT, BindingKind.CLASS)
_MAXIMUM_HOPS = 8


def lacks_order(module: Module, paging: ast.Call) -> bool:
    """
    Whether `paging`, a call of `offset` or the like, pages through a statement that is built in one function, of
    which every step is known, and none of them orders the rows.
    """
    assert isinstance(paging.func, ast.Attribute)
    if not _stays_unordered(module, paging):
        return False
    outer = _outermost(module, paging)
    names = _assigned_names(module, outer)
    if names is None:
        return False
    parts = [paging.func.value]
    for name in names:
        values = _values(module, name)
        if values is None or not _is_only_sent(module, name):
            return False
        parts.extend(values)
    return all(_is_unordered(module, part, 0, set()) for part in parts)


def _stays_unordered(module: Module, statement: ast.Call) -> bool:
    """Whether nothing that is called on a statement, outward, orders its rows or leaves one of them."""
    for link in chain_above(module, statement):
        if link.attr in _ORDERING or link.attr in _ONE_ROW or _limits_to_one(module, link):
            return False
    return True


def _outermost(module: Module, call: ast.Call) -> ast.expr:
    """The statement that a call is part of: the calls of its methods, without what is read from its rows."""
    current: ast.expr = call
    while True:
        parent = module.parent(current)
        if isinstance(parent, ast.Attribute):
            if parent.attr not in _KEEPING:
                return current
        elif not isinstance(parent, ast.Call) or parent.func is not current:
            return current
        current = parent


def _assigned_names(module: Module, outer: ast.expr) -> list[ast.Name] | None:
    """The names that the statement is assigned to; None where something else than a session gets it."""
    parent = module.parent(outer)
    if isinstance(parent, ast.Assign):
        targets = [target for target in parent.targets if isinstance(target, ast.Name)]
        return targets if len(targets) == len(parent.targets) else None
    if isinstance(parent, ast.Attribute):
        return []
    if isinstance(parent, ast.Call) and outer in parent.args:
        return [] if _sends(module, parent) else None
    return [] if isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)) else None


def _sends(module: Module, call: ast.Call) -> bool:
    """Whether a call gives a statement to a session or connection, or makes a list of it."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr in ("execute", "exec", "scalar", "scalars", "stream", "stream_scalars")
    return isinstance(function, ast.Name) and function.id in ("list", "tuple")


def _values(module: Module, name: ast.Name) -> list[ast.expr] | None:
    """All that a local name is assigned; None where it can be something else too."""
    owner = module.scope_of(name).owner(name.id)
    if owner is None or owner.kind is not ScopeKind.FUNCTION:
        return None
    found: list[ast.expr] = []
    for binding in module.bindings(name):
        if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
            return None
        found.append(binding.value)
    return found


def _is_only_sent(module: Module, name: ast.Name) -> bool:
    """Whether the statement that a name holds is only built on and sent: nobody else can order it."""
    owner = module.scope_of(name).owner(name.id)
    function = module.function_of(name)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    for use in module.names_in(function).get(name.id, ()):
        if not isinstance(use.ctx, ast.Load) or module.scope_of(use).owner(use.id) is not owner:
            continue
        parent = module.parent(use)
        if isinstance(parent, ast.Attribute):
            if any(link.attr in _ORDERING for link in chain_above(module, use)):
                return False
            continue
        if isinstance(parent, ast.Call) and use in parent.args and _sends(module, parent):
            continue
        if isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)) and parent.iter is use:
            continue
        return False
    return True


def _is_unordered(module: Module, expression: ast.expr, hops: int, seen: set[ast.AST]) -> bool:
    """Whether an expression is a statement that is built by known steps only, none of which orders its rows."""
    if hops > _MAXIMUM_HOPS:
        return False
    for step in _steps(expression):
        if isinstance(step, ast.Call):
            function = step.func
            if module.qualname(function) in _SELECTING:
                return _selects_rows(module, step)
            if not isinstance(function, ast.Attribute):
                return False
            if function.attr == "query" and sessions.session_of(module, function.value) is not None:
                return _selects_rows(module, step)
            if function.attr not in _KEEPING or _limits_to_one(module, function):
                return False
        elif isinstance(step, ast.Name):
            return _is_unordered_name(module, step, hops, seen)
        elif isinstance(step, ast.IfExp):
            return all(_is_unordered(module, arm, hops + 1, seen) for arm in (step.body, step.orelse))
        elif queried_model(module, step) is not None:
            return True
        elif not isinstance(module.parent(step), ast.Call):
            return False
    return False


def _is_unordered_name(module: Module, name: ast.Name, hops: int, seen: set[ast.AST]) -> bool:
    values = _values(module, name)
    if values is None or not _is_only_sent(module, name):
        return False
    for value in values:
        if value not in seen:
            seen.add(value)
            if not _is_unordered(module, value, hops + 1, seen):
                return False
    return True


def _steps(expression: ast.expr) -> Iterator[ast.expr]:
    """The calls and attributes of a chain, from the outside in, and the name that it begins with."""
    current: ast.expr = expression
    while True:
        yield current
        if isinstance(current, ast.Call):
            current = current.func.value if isinstance(current.func, ast.Attribute) else current.func
        elif isinstance(current, ast.Attribute):
            current = current.value
        else:
            return


def _selects_rows(module: Module, call: ast.Call) -> bool:
    """Whether a statement selects models or their columns: not one number, not what another statement gives."""
    return bool(call.args) and all(_is_model_or_column(module, argument) for argument in call.args)


def _is_model_or_column(module: Module, expression: ast.expr) -> bool:
    root = expression
    while isinstance(root, ast.Attribute):
        if root.attr in ("c", "columns"):
            return False
        root = root.value
    if not isinstance(root, ast.Name):
        return False
    owner = module.scope_of(root).owner(root.id)
    if owner is None or owner.kind is ScopeKind.MODULE:
        return True
    return all(binding.kind in _NAMING for binding in module.bindings(root))


def _limits_to_one(module: Module, step: ast.AST) -> bool:
    """Whether a step says `limit(1)`, where an order has nothing to part."""
    function = step.func if isinstance(step, ast.Call) else step
    if not isinstance(function, ast.Attribute) or function.attr != "limit":
        return False
    call = step if isinstance(step, ast.Call) else module.parent(step)
    if not isinstance(call, ast.Call) or not call.args:
        return False
    return isinstance(call.args[0], ast.Constant) and call.args[0].value == 1
