"""Safe calls: calls of functions in other files of the project that take in all their failures."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.safe_blocks import is_safe_function


def never_raises(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether a call is one of a function of the project that never raises, as `safe_blocks` tells."""
    return (
        answer_behind(project, module, call, "never raises", "", lambda: _is_safe(project, module, call)) is True
    )


def _is_safe(project: Project, module: Module, call: ast.Call) -> bool:
    definition = definition_of(project, module, call)
    return definition is not None and is_safe_function(definition.module, definition.function)
