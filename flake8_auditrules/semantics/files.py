"""Files: whether an expression is a path, how a file is opened."""

from __future__ import annotations

import ast
from typing import TypeGuard

from flake8_auditrules.knowledge import files
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import assigned_target


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


def is_only_uploaded(module: Module, file: ast.expr) -> bool:
    """
    Whether what stands for a file only gives it to HTTP requests, which leave it open.

    It stands in the request itself, in a dict, list or tuple there, or in one that a local name holds and that
    nothing but requests get.
    """
    value: ast.expr = file
    parent = module.parent(value)
    while isinstance(parent, (ast.Dict, ast.List, ast.Tuple)):
        value, parent = parent, module.parent(parent)
    if _is_uploaded(module, value):
        return True
    target: ast.expr | None = None
    if isinstance(parent, ast.Call) and _is_appending(parent.func):
        target = parent.func.value
    elif isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Subscript):
        target = parent.targets[0].value
    elif value is not file:
        target = assigned_target(parent)
    if not isinstance(target, ast.Name):
        return False
    if not isinstance(module.function_of(file), (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    if module.owner_of(target) is not module.scope_of(file):
        return False
    uses = [name for name in loads(module, target.id) if module.owner_of(name) is module.owner_of(target)]
    uploads = [_is_uploaded(module, use) for use in uses]
    return any(uploads) and all(
        uploaded or _is_filled(module, use) for use, uploaded in zip(uses, uploads, strict=True)
    )


def _is_uploaded(module: Module, value: ast.expr) -> bool:
    """Whether a value is what an HTTP request sends."""
    keyword = module.parent(value)
    if not isinstance(keyword, ast.keyword) or keyword.arg not in files.UPLOADED_BY:
        return False
    call = module.parent(keyword)
    return isinstance(call, ast.Call) and module.callee(call) in files.UPLOADS


def _is_appending(function: ast.expr) -> TypeGuard[ast.Attribute]:
    return isinstance(function, ast.Attribute) and function.attr == "append"


def _is_filled(module: Module, use: ast.Name) -> bool:
    """Whether a container is given one more part."""
    parent = module.parent(use)
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.ctx, ast.Store)
    return isinstance(parent, ast.Attribute) and _is_appending(parent)
