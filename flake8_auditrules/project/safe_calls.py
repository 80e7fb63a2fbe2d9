"""Safe calls: calls of functions of the project that take in all their failures, or have recorded them."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.safe_blocks import (
    Judge,
    is_safe_function,
    records_its_failures,
)


def leaves_no_record_to_make(project: Project, module: Module, call: ast.Call) -> bool:
    """
    Whether a call never raises, or only what its function has recorded with the traceback, or has chosen itself.

    That a function of the same module never raises, `safe_blocks.never_fails` tells.
    """
    function = module.called_function(call)
    if function is not None:
        return records_its_failures(module, function)
    return _is_one_that(project, module, call, "never raises", is_safe_function) or _is_one_that(
        project, module, call, "records its failures", records_its_failures
    )


def _is_one_that(project: Project, module: Module, call: ast.Call, what: str, judge: Judge) -> bool:
    def compute() -> bool:
        definition = definition_of(project, module, call)
        return definition is not None and judge(definition.module, definition.function)

    return answer_behind(project, module, call, what, "", compute) is True
