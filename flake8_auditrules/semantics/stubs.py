"""Stubs: functions that do nothing but say that others do."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.names import uncalled

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def is_stub(definition: ast.AST) -> bool:
    """Whether a function's body does nothing: a docstring, `...`, `pass` or `raise NotImplementedError`."""
    return isinstance(definition, _FUNCTIONS) and all(map(_does_nothing, definition.body))


def _does_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Raise) and statement.exc is not None:
        raised = uncalled(statement.exc)
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return isinstance(statement, ast.Pass)
