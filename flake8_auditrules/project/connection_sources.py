"""Connection sources: functions of the project that open a DB-API connection for whoever calls them."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import Definition, answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.connection_factories import opens_for_its_caller
from flake8_auditrules.semantics.module import Module


def gives_open_connection(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether a function of the project gives a new connection, which its own `with` block does not close."""
    return bool(
        answer_behind(
            project, module, call, "open connections", "", lambda: _gives(definition_of(project, module, call))
        )
    )


def _gives(definition: Definition | None) -> bool:
    return definition is not None and opens_for_its_caller(definition.module, definition.function)
