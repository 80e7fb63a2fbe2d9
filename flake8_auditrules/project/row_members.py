"""Row members: methods and properties of a model that ask the database for what belongs to their own row."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import Definition
from flake8_auditrules.project.item_reads import member
from flake8_auditrules.project.lazy_fields import MappedClass
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.row_queries import Behind, is_always_run, query_for_row, shown
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_PROPERTIES = frozenset({"hybrid_property", "property"})
_MAXIMUM_HOPS = 2


def query_of_use(
    project: Project, module: Module, used: ast.Attribute, model: MappedClass, hops: int = 0
) -> Behind | None:
    """The query that a member of a model sends for its row where it is used: a property read, a method called."""
    parent = module.parent(used)
    is_called = isinstance(parent, ast.Call) and parent.func is used
    return query_of_member(project, model, used.attr, is_called, hops)


def query_of_member(
    project: Project, model: MappedClass, name: str, is_called: bool, hops: int = 0
) -> Behind | None:
    """
    The query that a member of a model sends for its row: a property that is read, or a method that is called.

    None where it sends none each time, or may answer from what it keeps.
    """
    found = member(project, model, name)
    if found is None:
        return None
    definition = Definition(*found)
    decorators = {last_name(one) for one in definition.function.decorator_list}
    if bool(decorators) is is_called or not decorators <= _PROPERTIES:
        return None
    behind = query_for_row(project, definition)
    if behind is not None or hops >= _MAXIMUM_HOPS:
        return behind
    home = definition.module
    for part in home.own_nodes(definition.function):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "self":
            if isinstance(part.ctx, ast.Load) and is_always_run(home, definition, part):
                inner = query_of_use(project, home, part, model, hops + 1)
                if inner is not None:
                    return Behind((shown(definition), *inner.names), inner.links)
    return None
