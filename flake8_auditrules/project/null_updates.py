"""Null updates: fields of a request that may be null, and are put into columns that may not."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.class_lines import ClassLine, class_line
from flake8_auditrules.project.definitions import class_named, module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.row_classes import class_of_row
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.models import (
    MAPPED,
    MAPPED_COLUMNS,
    declared,
    is_declarative,
    is_table,
    validated_columns,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import annotated, last_name
from flake8_auditrules.semantics.parameters import checked_fields
from flake8_auditrules.semantics.partial_updates import PartialUpdate, partial_updates
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import FunctionNode

_MODELS = frozenset({"pydantic.BaseModel", "pydantic.v1.BaseModel", "sqlmodel.SQLModel"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MOST_FILES = 30
# What a column of JSON keeps for None is a null of its own.
_JSON = pattern(r"JSON")
# Attributes of mapped classes that are no columns.
_RELATED = frozenset({"Relationship", "association_proxy", "column_property", "composite", "relationship"})
_CHECKED_LATER = pattern(r"Validator$|^Validate")


class NullUpdate(NamedTuple):
    """The place of a partial update, the field that may be null, and the names of both classes."""

    site: ast.AST
    field: str
    body: str
    row: str


def null_updates(project: Project, module: Module, function: FunctionNode) -> Iterator[NullUpdate]:
    """The partial updates of a function by which a null that a client sends comes to a column that has none."""
    for update in partial_updates(module, function):
        body_name = module.instance_of(update.body)
        body = class_named(project, module, body_name) if body_name is not None else None
        if body is None or not _is_sent(project, module, function, body):
            continue
        nullable = _nullable_fields(class_line(project, *body)) - update.left_out
        row = _row(project, module, update) if nullable else None
        if row is None:
            continue
        required = _required_columns(class_line(project, *row))
        field = next((name for name in required if name in nullable), None)
        if field is not None:
            yield NullUpdate(update.site, field, body[1].name, row[1].name)


def _is_sent(project: Project, module: Module, function: FunctionNode, body: tuple[Module, ast.ClassDef]) -> bool:
    """Whether clients send what a model holds: the function, or another one of the project, is a route for it."""
    if is_route(module, function):
        return True
    home, holder = body
    places = project.files_that_mention(home, holder.name, _MOST_FILES) or ()
    others = (module_at(project, path) for path in places)
    return any(_takes(project, other, body) for other in (home, *others) if other is not None)


def _takes(project: Project, module: Module, body: tuple[Module, ast.ClassDef]) -> bool:
    """Whether a route of a module has a parameter of a class."""
    if not module.imports(*web.FRAMEWORKS):
        return False
    functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    for function in functions:
        for _, annotation in annotated(function):
            name = module.instances.annotated_class(annotation)
            if name is None or name.rpartition(".")[2] != body[1].name or not is_route(module, function):
                continue
            found = class_named(project, module, name)
            if found is not None and found[0].path == body[0].path:
                return True
    return False


def _nullable_fields(line: ClassLine) -> frozenset[str]:
    """The fields of a model that take null, and that no validator looks at."""
    if not line.other_names() & _MODELS or any(is_table(holder) for _, holder in line.classes):
        return frozenset()
    seen: dict[str, bool] = {}
    checked: set[str] = set()
    for home, holder in line.classes:
        checked |= checked_fields(home, holder)
        if any(isinstance(part, _FUNCTIONS) and part.name in ("model_dump", "dict") for part in holder.body):
            return frozenset()
        for part in holder.body:
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                seen.setdefault(part.target.id, _allows_none(part.annotation))
    if "*" in checked:
        return frozenset()
    return frozenset(name for name, may_be in seen.items() if may_be) - checked


def _allows_none(annotation: ast.expr) -> bool:
    """Whether an annotation takes None, and names no function that might refuse it."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = ast.parse(annotation.value, mode="eval").body
        except (SyntaxError, ValueError):
            return False
    if any(
        isinstance(part, (ast.Name, ast.Attribute)) and _CHECKED_LATER.search(last_name(part)) is not None
        for part in ast.walk(annotation)
    ):
        return False
    if isinstance(annotation, ast.BinOp):
        return _allows_none(annotation.left) or _allows_none(annotation.right)
    if isinstance(annotation, ast.Subscript):
        outer = last_name(annotation.value)
        inner = annotation.slice
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        if outer == "Optional":
            return True
        if outer == "Union":
            return any(map(_allows_none, parts))
        return outer == "Annotated" and _allows_none(parts[0])
    return isinstance(annotation, ast.Constant) and annotation.value is None


def _row(project: Project, module: Module, update: PartialUpdate) -> tuple[Module, ast.ClassDef] | None:
    """The mapped class of the rows that an update changes."""
    if update.row is None:
        name = module.qualname(update.model) if update.model is not None else None
        return class_named(project, module, name) if name is not None else None
    return class_of_row(project, module, update.row)


def _required_columns(line: ClassLine) -> Iterator[str]:
    """The columns of a mapped class that take no null and have no validator of their own, in source order."""
    holder = line.classes[0][1]
    is_of_sqlmodel = is_table(holder)
    if not is_of_sqlmodel and not is_declarative(holder):
        return
    seen: set[str] = set()
    checked = {name for _, one in line.classes for name in validated_columns(one)}
    for home, one_holder in line.classes:
        for part in one_holder.body:
            target, annotation, value = declared(part)
            if target is None or target in seen or target.startswith("_"):
                continue
            seen.add(target)
            if target not in checked and _is_required(home, annotation, value, is_of_sqlmodel):
                yield target


def _is_required(
    module: Module, annotation: ast.expr | None, value: ast.expr | None, is_of_sqlmodel: bool
) -> bool:
    """Whether a declaration makes a column that takes no null, by what is written there."""
    call = value if isinstance(value, ast.Call) else None
    options = {keyword.arg: keyword.value for keyword in call.keywords} if call is not None else {}
    if None in options or "primary_key" in options or (call is not None and last_name(call) in _RELATED):
        return False
    if any(part is not None and _JSON.search(module.source(part)) is not None for part in (annotation, value)):
        return False
    nullable = options.get("nullable")
    if nullable is not None:
        return isinstance(nullable, ast.Constant) and nullable.value is False
    if is_of_sqlmodel:
        if annotation is None or not options.keys().isdisjoint({"sa_column", "sa_column_args", "sa_type"}):
            return False
        return not _allows_none(annotation) and _is_of_values(annotation)
    if call is not None and last_name(call) not in MAPPED_COLUMNS:
        return False
    return (
        isinstance(annotation, ast.Subscript)
        and last_name(annotation.value) in MAPPED
        and not _allows_none(annotation.slice)
        and _is_of_values(annotation.slice)
        and (call is not None or isinstance(annotation.slice, ast.Name))
    )


_VALUES = frozenset(
    {"Decimal", "UUID", "bool", "bytes", "date", "datetime", "float", "int", "str", "time", "timedelta"}
)


def _is_of_values(annotation: ast.expr) -> bool:
    """Whether an annotation names a type of values that databases know: no other one is sure not to take None."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return annotation.value in _VALUES
    return isinstance(annotation, (ast.Name, ast.Attribute)) and last_name(annotation) in _VALUES
