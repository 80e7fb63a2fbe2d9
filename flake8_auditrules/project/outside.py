"""Outside: functions of the project whose work lies outside of the process, in files, databases or programs."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.work import outside_calls

# How many functions a call is followed through.
_MOST_STEPS = 2


def leads_outside(project: Project, module: Module, call: ast.Call, steps: int = _MOST_STEPS) -> bool:
    """
    Whether a call calls a function of the project that reads or changes something outside of the process.

    It does so itself or through others a few steps on, the last of which calls a library's function for it, and
    no `try` there takes every failure of it.
    """

    def compute() -> bool:
        found = definition_of(project, module, call)
        if found is None:
            return False
        does, calls = outside_calls(found.module, found.function.body, steps > 0)
        return does or (
            steps > 0 and any(leads_outside(project, found.module, inner, steps - 1) for inner in calls)
        )

    return answer_behind(project, module, call, "leads outside", steps, compute) is True
