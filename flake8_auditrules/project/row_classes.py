"""Row classes: the mapped class of the project that a row is an object of, also beyond the file."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import class_named, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.rows import selected_class
from flake8_auditrules.semantics.scopes import BindingKind

_MAXIMUM_HOPS = 2


def class_of_row(
    project: Project, module: Module, row: ast.expr, hops: int = 0
) -> tuple[Module, ast.ClassDef] | None:
    """The class of the project that a row is an object of: as annotated, as selected, as a function gives it."""
    name = module.instance_of(row) or selected_class(module, row)
    if name is not None:
        return class_named(project, module, name)
    if isinstance(row, ast.Name):
        bindings = module.bindings(row)
        given = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None
        row = given if given is not None else row
    if isinstance(row, ast.Await):
        row = row.value
    if not isinstance(row, ast.Call):
        return None
    if last_name(row) in ("get", "get_one") and len(row.args) > 1:
        # `session.get(Order, number)`, whatever gives the session.
        asked = module.qualname(row.args[0])
        return class_named(project, module, asked) if asked is not None else None
    found = definition_of(project, module, row) if hops < _MAXIMUM_HOPS else None
    if found is None:
        return None
    returns = found.function.returns
    if returns is not None:
        given_class = found.module.instances.annotated_class(returns)
        return class_named(project, found.module, given_class) if given_class is not None else None
    answers = [
        part.value
        for part in found.module.own_nodes(found.function)
        if isinstance(part, ast.Return) and part.value is not None
    ]
    classes = [class_of_row(project, found.module, answer, hops + 1) for answer in answers]
    return (
        classes[0] if classes and len({id(one) if one is None else id(one[1]) for one in classes}) == 1 else None
    )
