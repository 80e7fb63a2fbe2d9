"""Rows: which expressions are certainly one object of a mapped class of SQLAlchemy, SQLModel or Django."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind

_BASES = frozenset({"sqlalchemy.orm.DeclarativeBase", "django.db.models.Model"})
_ONE_BY_MANAGER = frozenset({"get", "create", "first", "last", "latest", "earliest"})
_ONE_OR_404 = frozenset({"django.shortcuts.get_object_or_404"})
_ONE_BY_SESSION = frozenset({"get", "get_one", "merge"})
# What takes one row, or none, out of the result of a statement.
_ONE_ROW = frozenset(
    {"first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "unique", "scalars"}
)
_ASKING = frozenset({"execute", "exec", "scalar", "scalars"})
_MOST_STEPS = 12


def row_class(module: Module, expression: ast.expr) -> str | None:
    """The qualified name of the mapped class that an expression is one object of; None where it is uncertain."""
    found = module.instance_of(expression)
    if found is not None:
        return found if is_mapped(module, found) else None
    value: ast.expr | None = expression
    if isinstance(expression, ast.Name):
        bindings = module.bindings(expression)
        value = bindings[0].value if len(bindings) == 1 else None
        if value is not None and bindings[0].kind is BindingKind.LOOP:
            named = _class_gone_through(value)
            name = module.qualname(named) if named is not None else None
            return name if name is not None and is_mapped(module, name) else None
    if not isinstance(value, ast.Call):
        return None
    named = _class_asked_for(module, value)
    name = module.qualname(named) if named is not None else None
    return name if name is not None and is_mapped(module, name) else None


def is_mapped(module: Module, class_name: str) -> bool:
    """Whether the objects of a class are rows; of SQLModel only those of a class that is seen to have a table."""
    ancestry = module.instances.ancestry(class_name)
    if "sqlmodel.SQLModel" in ancestry:
        return any(
            module.definition(node) == class_name and any(keyword.arg == "table" for keyword in node.keywords)
            for node in module.nodes(ast.ClassDef)
        )
    return not _BASES.isdisjoint(ancestry)


def _class_gone_through(source: ast.expr) -> ast.expr | None:
    """The class in `for x in X.objects.filter(...).order_by(...)`."""
    while isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute):
        if source.func.attr not in _QUERYSETS:
            return None
        source = source.func.value
    if isinstance(source, ast.Attribute) and source.attr == "objects":
        return source.value
    return None


_QUERYSETS = frozenset(
    {
        "all",
        "annotate",
        "defer",
        "distinct",
        "exclude",
        "filter",
        "iterator",
        "only",
        "order_by",
        "prefetch_related",
        "reverse",
        "select_for_update",
        "select_related",
        "using",
    }
)


def _class_asked_for(module: Module, call: ast.Call) -> ast.expr | None:
    """The class in `X.objects.get(...)`, `get_object_or_404(X, ...)` and `session.get(X, ...)`."""
    function = call.func
    if module.qualname(function) in _ONE_OR_404:
        return call.args[0] if call.args else None
    if not isinstance(function, ast.Attribute):
        return None
    owner = function.value
    if isinstance(owner, ast.Attribute) and owner.attr == "objects" and function.attr in _ONE_BY_MANAGER:
        return owner.value
    if function.attr in _ONE_BY_SESSION and call.args and module.instance_of(owner) in database.SESSIONS:
        return call.args[0]
    return None


def selected_class(module: Module, row: ast.expr) -> str | None:
    """The class that a row was selected of: `session.execute(select(X).where(...)).scalar_one_or_none()`."""
    part: ast.expr | None = row
    is_one = False
    for _ in range(_MOST_STEPS):
        if isinstance(part, ast.Name):
            bindings = module.bindings(part)
            is_known = len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT
            part = bindings[0].value if is_known else None
        elif isinstance(part, ast.Await):
            part = part.value
        elif isinstance(part, ast.Call):
            last = last_name(part)
            if last in ("select", "query") and is_one:
                model = part.args[0] if len(part.args) == 1 else None
                return module.qualname(model) if model is not None else None
            if last in _ASKING and part.args:
                is_one = is_one or last == "scalar"
                part = part.args[0]
            elif isinstance(part.func, ast.Attribute):
                is_one = is_one or (last in _ONE_ROW and last != "scalars")
                part = part.func.value
            else:
                return None
        else:
            return None
    return None
