"""Files: whether an expression is a path, how a file is opened."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import files
from flake8_auditrules.semantics.module import Module


def is_path(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is known to be a path, by its class or its making or, last, by its name."""
    if isinstance(expression, (ast.JoinedStr, ast.Constant)):
        return True
    if isinstance(expression, ast.BinOp):
        return isinstance(expression.op, ast.Div) or is_path(module, expression.left)
    found = module.instance_of(expression)
    if found is not None:
        return found in files.PATH_CLASSES
    if isinstance(expression, ast.Call):
        return module.callee(expression) in files.PATH_FUNCTIONS
    if isinstance(expression, ast.Attribute):
        return expression.attr.lower().endswith(files.PATH_NAMES)
    return isinstance(expression, ast.Name) and expression.id.lower().endswith(files.PATH_NAMES)


def opens_path(module: Module, call: ast.Call, opener: files.Opener) -> bool:
    """Whether a call of an opener opens a path itself: not a buffer, nor a file that is open already."""
    if not opener.path:
        return True
    if module.has_unpacking(call):
        return False
    if opener.given and (module.argument(call, opener.given) is not None):
        return False
    given = module.argument(call, opener.path, 0)
    return given is not None and is_path(module, given)
