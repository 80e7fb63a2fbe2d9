"""Naive columns: times of rows that come back from the database without their zone."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.clocks import is_column
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.rows import is_mapped, row_class, selected_class

_DATE_TIME = frozenset({"sqlalchemy.DateTime", "sqlalchemy.types.DateTime", "sqlalchemy.sql.sqltypes.DateTime"})
# What gives a time its zone before it is compared.
_ZONES = frozenset({"tzinfo", "astimezone", "replace"})


def is_naive_column(project: Project, module: Module, read: ast.Attribute) -> bool:
    """
    Whether an attribute of a row is a column of type `DateTime` without `timezone=True`, written out as such.

    SQLAlchemy gives such a time back without a zone, whatever was put in. Silent where the function gives the
    attribute a zone.
    """
    function = module.function_of(read)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    name = row_class(module, read.value) or selected_class(module, read.value)
    if name is None or not is_mapped(module, name):
        return False
    found = class_named(project, module, name)
    if found is None or not _declares_naive(*found, read.attr):
        return False
    text = module.source(read)
    return not any(
        isinstance(node, ast.Attribute)
        and (
            (node.attr in _ZONES and module.source(node.value) == text)
            or (isinstance(node.ctx, ast.Store) and module.source(node) == text)
        )
        for node in module.own_nodes(function)
    )


def _declares_naive(module: Module, holder: ast.ClassDef, name: str) -> bool:
    """Whether a class declares a column whose type is `DateTime` and no more."""
    for statement in holder.body:
        if isinstance(statement, ast.AnnAssign):
            target: ast.expr = statement.target
        elif isinstance(statement, ast.Assign):
            target = statement.targets[0]
        else:
            continue
        if last_name(target) != name or not isinstance(statement.value, ast.Call):
            continue
        return is_column(module, statement.value) and any(
            _is_plain_type(module, argument) for argument in statement.value.args
        )
    return False


def _is_plain_type(module: Module, argument: ast.expr) -> bool:
    if isinstance(argument, ast.Call):
        return not argument.args and not argument.keywords and module.callee(argument) in _DATE_TIME
    return module.qualname(argument) in _DATE_TIME
