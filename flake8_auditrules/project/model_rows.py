"""Model rows: of which model of SQLAlchemy the rows are that an expression gives, also through a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.definitions import definition_of
from flake8_auditrules.project.item_reads import fields_of
from flake8_auditrules.project.lazy_fields import lazy_fields_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.row_classes import class_of_row
from flake8_auditrules.project.row_queries import asking
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.models import relationship_to_many
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import queried_model, rows_of_model, statement_parts
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sessions import comes_from_database

_LISTS = frozenset({"Iterable", "List", "Sequence", "list"})
# What gives one row of a statement, or no more than told.
_ONE = frozenset({"first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none"})
_MAXIMUM_HOPS = 2
_LOADING = pattern(r"load$")


class ModelRows(NamedTuple):
    """
    The model whose rows an expression gives, by its qualified name in a module: rows that come alone.

    `query` is what gives them: a query, or the relationship that they are taken from; `known` is the field by
    which the rows of a relationship know their one row.
    """

    module: Module
    model: str
    query: ast.expr
    known: str = ""


class AnsweredRows(NamedTuple):
    """Rows that a route answers with, and the first field of its schema that is loaded for each of them."""

    rows: ast.expr
    text: str
    link: Link


def model_rows(project: Project, module: Module, rows: ast.expr, hops: int = 0) -> ModelRows | None:
    """The model of the rows that a query, or a function of the project that returns one, gives; or None."""
    is_loaded = _is_loaded(module, rows)
    if isinstance(rows, ast.Name) and not is_loaded:
        values = [binding.value for binding in module.bindings(rows)]
        if len(values) == 1 and isinstance(values[0], ast.Call):
            rows = values[0]
            is_loaded = _is_loaded(module, rows)
    if is_loaded:
        names = {part.attr for part in statement_parts(module, rows) if isinstance(part, ast.Attribute)}
        model = rows_of_model(module, rows) if names.isdisjoint(_ONE) else None
        name = module.qualname(model) if model is not None else None
        return ModelRows(module, name, rows) if name is not None else None
    if isinstance(rows, ast.Attribute):
        return _related(project, module, rows)
    found = asking(project, module, rows) if isinstance(rows, ast.Call) and hops < _MAXIMUM_HOPS else None
    if found is None or isinstance(found.function, ast.AsyncFunctionDef) or found.function.decorator_list:
        return None
    given = [
        model_rows(project, found.module, part.value, hops + 1)
        for part in found.module.own_nodes(found.function)
        if isinstance(part, ast.Return) and part.value is not None
    ]
    return given[0] if len(given) == 1 else None


def _related(project: Project, module: Module, rows: ast.Attribute) -> ModelRows | None:
    """The rows of a relationship to many of one row, `library.members`, with which nothing else is loaded."""
    row = rows.value
    owner = module.function_of(rows)
    if not isinstance(row, ast.Name) or row.id == "self" or not isinstance(owner, ast.FunctionDef):
        # What was loaded with `self` only those know who loaded it.
        return None
    if _loads(module, owner):
        return None
    bindings = module.bindings(row)
    given = bindings[0].value if len(bindings) == 1 else None
    if isinstance(given, ast.Call):
        behind = definition_of(project, module, given)
        if behind is not None and _loads(behind.module, behind.function):
            return None
    found = class_of_row(project, module, row)
    declared = relationship_to_many(*found, rows.attr) if found is not None else None
    return ModelRows(found[0], declared.target, declared.call, declared.known) if found and declared else None


def _loads(module: Module, function: FunctionNode) -> bool:
    """Whether a function says what is loaded along with rows: `selectinload(Library.members)`."""
    return any(
        _LOADING.search(last_name(part)) for part in module.own_nodes(function) if isinstance(part, ast.Call)
    )


def _is_loaded(module: Module, rows: ast.expr) -> bool:
    """Whether rows are those of a query, also of one that the loop sends: `for user in User.query.limit(9)`."""
    return comes_from_database(module, rows) or (
        isinstance(rows, ast.Call)
        and any(
            queried_model(module, part) is not None for part in ast.walk(rows) if isinstance(part, ast.Attribute)
        )
    )


def answered_rows(project: Project, module: Module) -> Iterator[AnsweredRows]:
    """The rows that routes of a module answer with whose schemas read what is loaded for each row alone."""
    for decorator in module.calls_named("get", "post"):
        function = module.parent(decorator)
        if not isinstance(function, ast.FunctionDef) or decorator not in function.decorator_list:
            continue
        schema = _listed_schema(module, function, decorator)
        if schema is None:
            continue
        for part in module.own_nodes(function):
            if isinstance(part, ast.Return) and part.value is not None:
                found = _look(project, module, schema, part.value)
                if found is not None:
                    yield found


def _listed_schema(module: Module, function: FunctionNode, decorator: ast.Call) -> ast.expr | None:
    """The schema of a route that answers with a list: of `response_model=list[BookOut]` or its annotation."""
    declared = module.argument(decorator, "response_model") or function.returns
    if not isinstance(declared, ast.Subscript) or last_name(declared.value) not in _LISTS:
        return None
    return declared.slice


def _look(project: Project, module: Module, schema: ast.expr, rows: ast.expr) -> AnsweredRows | None:
    found = model_rows(project, module, rows)
    lazy = lazy_fields_named(project, found.module, found.model) if found is not None else {}
    for home, name, field, line in fields_of(project, module, schema, lazy) if lazy else ():
        return AnsweredRows(rows, f"{name}.{field}", Link(project.relative(home.path), line, field))
    return None
