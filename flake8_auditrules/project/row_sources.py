"""Row sources: functions of the project that load one row and give it to their caller."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import Definition, answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.row_checks import is_answer


def gives_loaded_row(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether the function behind a call gives nothing but a row that it loads without a lock, or None."""
    return bool(
        answer_behind(
            project, module, call, "loaded rows", "", lambda: _gives_row(definition_of(project, module, call))
        )
    )


def _gives_row(definition: Definition | None) -> bool:
    if definition is None:
        return False
    module, function = definition.module, definition.function
    gives = False
    for part in module.own_nodes(function):
        if isinstance(part, (ast.Yield, ast.YieldFrom)) or is_locking(part):
            return False
        if isinstance(part, ast.Return) and part.value is not None:
            if isinstance(part.value, ast.Constant) and part.value.value is None:
                continue
            if not is_answer(module, part.value):
                return False
            gives = True
    return gives


def is_locking(part: ast.AST) -> bool:
    """Whether a node names a lock: `with_for_update()`, `with_for_update=True`, `self.lock`."""
    if isinstance(part, ast.keyword):
        return part.arg == "with_for_update"
    name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
    return name == "with_for_update" or "lock" in name.lower().replace("block", "")
