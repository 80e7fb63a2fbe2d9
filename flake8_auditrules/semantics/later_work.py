"""Later work: functions that run when no client waits for an answer any more."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import name_uses

# Calls that have a function run beside or after what calls them.
_LATER = frozenset({"Process", "Thread", "Timer", "add_job", "add_task", "apply_async", "call_later", "submit"})


def runs_later(module: Module, function: FunctionNode) -> bool:
    """Whether the module hands a function over to run later, `tasks.add_task(work, number)`, and does no more."""
    named = (*module.attributes_named(function.name), *name_uses(module).get(function.name, ()))
    uses = [use for use in named if isinstance(use.ctx, ast.Load)]
    return bool(uses) and all(_is_handed(module, use) for use in uses)


def _is_handed(module: Module, use: ast.expr) -> bool:
    around = module.parent(use)
    if isinstance(around, ast.keyword):
        around = module.parent(around)
    return isinstance(around, ast.Call) and around.func is not use and last_name(around) in _LATER
