"""Safe blocks: statements that cannot fail, so that no handler of a `try` around them ever runs."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRY = (ast.Try, getattr(ast, "TryStar", ast.Try))
_DISPLAYS = (ast.List, ast.Tuple, ast.Set)


def never_fails(module: Module, block: Sequence[ast.stmt]) -> bool:
    """
    Whether a block only gives constants, or calls functions of the module that take in all their failures.

    Such a function has nothing but a `try` with a handler for every exception that does not raise, and steps that
    cannot fail themselves.
    """
    return all(_is_safe(module, statement, True) for statement in block)


def _is_safe(module: Module, statement: ast.stmt, follows: bool) -> bool:
    if isinstance(statement, (ast.Pass, ast.Continue, ast.Break)):
        return True
    if isinstance(statement, ast.Assign) and not all(isinstance(one, ast.Name) for one in statement.targets):
        return False
    if isinstance(statement, (ast.Assign, ast.Expr, ast.Return)):
        value = statement.value
        if isinstance(value, ast.Await):
            value = value.value
        if value is None or _is_plain(value):
            return True
        return follows and isinstance(value, ast.Call) and _calls_safe_function(module, value)
    if isinstance(statement, ast.If):
        inner = [*statement.body, *statement.orelse]
        return _is_asked_plainly(statement.test) and all(_is_safe(module, one, follows) for one in inner)
    return isinstance(statement, _TRY) and _takes_all_in(module, statement)


def _is_plain(value: ast.expr) -> bool:
    """Whether an expression is a constant, a name, or a display of such."""
    if isinstance(value, _DISPLAYS):
        return all(map(_is_plain, value.elts))
    if isinstance(value, ast.Dict):
        return all(key is not None and _is_plain(key) for key in value.keys) and all(map(_is_plain, value.values))
    return isinstance(value, (ast.Constant, ast.Name))


def _is_asked_plainly(test: ast.expr) -> bool:
    """Whether a test only asks for the truth of names and attributes."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _is_asked_plainly(test.operand)
    if isinstance(test, ast.Attribute):
        return _is_asked_plainly(test.value)
    return isinstance(test, ast.Name)


def _calls_safe_function(module: Module, call: ast.Call) -> bool:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if not all(_is_plain(one) or _is_asked_plainly(one) for one in given):
        return False
    callee = module.callee(call)
    function = module.instances.local_function(callee) if callee is not None else None
    return function is not None and not function.decorator_list and _is_safe_function(module, function)


def _is_safe_function(module: Module, function: FunctionNode) -> bool:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return bool(body) and all(_is_safe(module, statement, False) for statement in body)


def _takes_all_in(module: Module, attempt: ast.Try) -> bool:
    """Whether a `try` has a handler for every exception, and none of its handlers raises or ends in a failure."""
    if not any(handlers.is_broad(module, handler) for handler in attempt.handlers):
        return False
    rest = [*attempt.orelse, *attempt.finalbody]
    return all(_is_safe(module, statement, False) for statement in rest) and not any(
        isinstance(part, ast.Raise) for handler in attempt.handlers for part in handlers.own_parts(handler.body)
    )
