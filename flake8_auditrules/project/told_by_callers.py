"""Told by callers: functions whose callers all deal with the answer that stands for a failure."""

from __future__ import annotations

import ast

from flake8_auditrules.project.callers import Caller, every_caller
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WARNING = 30
# Calls that end a request, a test or the program.
_ENDING = frozenset({"abort", "exit", "_exit", "fail", "quit"})


def callers_tell(project: Project, module: Module, function: FunctionNode) -> bool:
    """
    Whether every caller of a function, and there is one, raises or warns where its answer stands for a failure.

    The answer is tested where it is given, or by the name that it is given.
    """
    callers = _callers(project, module, function)
    return bool(callers) and all(_tells(caller) for caller in callers)


def is_answer_dropped(project: Project, module: Module, function: FunctionNode) -> bool:
    """Whether a caller of a function does not look at its answer."""
    return any(
        isinstance(caller.module.taken_by(caller.call), ast.Expr) for caller in _callers(project, module, function)
    )


def _callers(project: Project, module: Module, function: FunctionNode) -> list[Caller]:
    """The calls of a function but those in itself."""
    return [
        caller
        for caller in every_caller(project, module, function)
        if caller.module.function_of(caller.call) is not function
    ]


def _tells(caller: Caller) -> bool:
    module, call = caller
    used = module.taken_by(call)
    if isinstance(used, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        targets = used.targets if isinstance(used, ast.Assign) else [used.target]
        names = {part.id for one in targets for part in ast.walk(one) if isinstance(part, ast.Name)}
        function = module.function_of(call)
        if not names or not isinstance(function, _FUNCTIONS):
            return False
        tests = [
            part
            for part in module.own_nodes(function)
            if isinstance(part, ast.If) and part.lineno >= call.lineno and mentions(part.test, names)
        ]
        return any(_raises_or_warns(module, test) for test in tests[:1])
    test = module.statement(call)
    return isinstance(test, ast.If) and call in ast.walk(test.test) and _raises_or_warns(module, test)


def _raises_or_warns(module: Module, test: ast.If) -> bool:
    """Whether the branch of a test that is for a failure, if it is plain which one that is, tells of it."""
    records = log_calls(module)
    negated = isinstance(test.test, ast.UnaryOp) and isinstance(test.test.op, ast.Not)
    compared = isinstance(test.test, ast.Compare) and isinstance(test.test.ops[0], (ast.Is, ast.Eq))
    branch = test.body if negated or compared else test.orelse
    return any(
        isinstance(part, ast.Raise)
        or (
            isinstance(part, ast.Call)
            and (last_name(part) in _ENDING or (part in records and records[part].level >= _WARNING))
        )
        for part in handlers.own_parts(branch)
    )
