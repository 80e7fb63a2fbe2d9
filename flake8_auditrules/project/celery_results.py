"""Results of Celery tasks: which expressions are results of tasks that were sent."""

from __future__ import annotations

import ast

from flake8_auditrules.project.celery_registry import task_called
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.celery_names import is_sender
from flake8_auditrules.semantics.celery_settings import value_behind
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import BindingKind

_RESULTS = frozenset({"celery.result.AsyncResult", "celery.result.GroupResult", "celery.result.ResultSet"})
_CANVAS = frozenset({"celery.group", "celery.chain", "celery.chord", "celery.canvas.group", "celery.canvas.chain"})
_SIGNING = frozenset({"s", "si", "signature", "subtask"})
_STARTING = frozenset({"delay", "apply_async"})


def is_result(project: Project, module: Module, expression: ast.expr) -> bool:
    """Whether an expression is certainly the result of a task that is run by a worker."""
    value = value_behind(module, expression)
    if not isinstance(value, ast.Call):
        return module.instance_of(expression) in _RESULTS
    function = value.func
    if isinstance(function, ast.Attribute) and function.attr in _STARTING:
        return is_task_or_signature(project, module, function.value)
    if isinstance(function, ast.Attribute) and function.attr == "send_task":
        return is_sender(module, value)
    if isinstance(function, ast.Call):
        return module.qualname(function.func) in _CANVAS
    return module.instance_of(expression) in _RESULTS


def _last_value(module: Module, expression: ast.expr) -> ast.expr:
    """
    The expression, or what the name that it is was given last: `steps = chain(*steps)` after `steps = []`.

    The last assignment before the use has to stand in a block that the use is in too.
    """
    bindings = module.bindings(expression) if isinstance(expression, ast.Name) else []
    if len(bindings) < 2:
        return value_behind(module, expression)
    last = max(bindings, key=lambda one: module.statement(one.site).lineno)
    statement = module.statement(last.site)
    if last.value is None or last.kind is not BindingKind.ASSIGNMENT or statement.lineno >= expression.lineno:
        return expression
    block = module.parent(statement)
    return last.value if any(around is block for around in module.ancestors(expression)) else expression


def is_task_or_signature(project: Project, module: Module, expression: ast.expr) -> bool:
    """Whether an expression is certainly a Celery task, or a signature or group of tasks."""
    if task_called(project, module, expression) is not None:
        return True
    value = _last_value(module, expression)
    if not isinstance(value, ast.Call):
        return False
    if module.qualname(value.func) in _CANVAS:
        return True
    if isinstance(value.func, ast.Attribute) and value.func.attr in _SIGNING:
        return task_called(project, module, value.func.value) is not None
    return False
