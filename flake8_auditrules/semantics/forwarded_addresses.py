"""Forwarded addresses: what a client wrote into `X-Forwarded-For`, taken for the address that it has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_HEADERS = frozenset({"x-forwarded-for", "http_x_forwarded_for"})
# What keeps somebody out by the address, in the names of functions, classes and modules.
_LIMITING = pattern(
    r"(?:^|_|\.)(?:rate_?limit\w*|limiter|limits?|limiting|throttl\w*|lock_?outs?|bann?(?:ed|s)?|block(?:ed|list)?"
    r"|allow(?:ed|list)?|white_?list\w*|black_?list\w*|brute\w*|attempts?|quotas?)(?:_|\(|\.|$)"
)
_WORD_START = pattern(r"(?<=[a-z0-9])(?=[A-Z])")
# Somebody has thought of who may have written the header.
_TRUSTING = pattern(r"trust|proxyfix|proxy_?(?:count|depth|hops)|ip_network|is_private", re.IGNORECASE)
_LONG = 100_000


class ForwardedAddress(NamedTuple):
    """The place that takes the first address of the header, and the function around it."""

    node: ast.expr
    function: FunctionNode


def forwarded_addresses(module: Module) -> Iterator[ForwardedAddress]:
    """
    The places that take the first address of `X-Forwarded-For`, `header.split(",")[0]`.

    Proxies append the address that they see, so the first one is what the client itself has sent. Not where the
    function or its class says whom it trusts.
    """
    for call in module.calls_named("split", "partition"):
        taken = module.parent(call)
        if not isinstance(taken, ast.Subscript) or taken.value is not call or module.literal(taken.slice) != 0:
            continue
        separator = module.literal(call.args[0]) if call.args else None
        function = module.function_of(call)
        if separator not in (",", ", ") or not isinstance(function, _FUNCTIONS):
            continue
        if not isinstance(call.func, ast.Attribute) or not _is_header(module, call.func.value):
            continue
        around = module.class_of(function) or function
        if _TRUSTING.search(module.text(around, _LONG)) is None:
            yield ForwardedAddress(taken, function)


def _is_header(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is the header as it was sent, or a name that holds it."""
    if isinstance(expression, ast.Name):
        values = (binding.value for binding in module.bindings(expression))
        return any(value is not None and _reads_header(value) for value in values)
    return _reads_header(expression)


def _reads_header(expression: ast.expr) -> bool:
    if isinstance(expression, ast.BoolOp):
        return any(map(_reads_header, expression.values))
    key: ast.expr | None = None
    if isinstance(expression, ast.Subscript):
        key = expression.slice
    elif isinstance(expression, ast.Call) and last_name(expression) == "get" and expression.args:
        key = expression.args[0]
    return isinstance(key, ast.Constant) and str(key.value).lower() in _HEADERS


def limit_around(module: Module, node: ast.AST) -> str | None:
    """
    What keeps somebody out by an address, by its name: the function or class around a place, the module, or what
    is called with the address there; None where nothing says so.
    """
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (*_FUNCTIONS, ast.ClassDef)) and _is_limiting(ancestor.name):
            return ancestor.name
    last = module.name.rpartition(".")[2]
    return last if _is_limiting(last) else _limit_called(module, node)


def _limit_called(module: Module, node: ast.AST) -> str | None:
    """What is called with an address, there or under the name that the address gets, and keeps somebody out."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.Call) and ancestor is not node and _is_limiting(module.text(ancestor.func)):
            return module.text(ancestor.func)
        if isinstance(ancestor, ast.stmt):
            break
    statement = module.statement(node)
    function = module.function_of(node)
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if not isinstance(target, ast.Name) or not isinstance(function, _FUNCTIONS):
        return None
    for use in module.names_in(function).get(target.id, ()):
        call = module.parent(use)
        if isinstance(call, ast.keyword):
            call = module.parent(call)
        if isinstance(call, ast.Call) and call.func is not use and _is_limiting(module.text(call.func)):
            return module.text(call.func)
        if isinstance(call, ast.Subscript) and call.slice is use and _is_limiting(module.text(call.value)):
            return module.text(call.value)
    return None


def _is_limiting(name: str) -> bool:
    return _LIMITING.search(_WORD_START.sub("_", name).lower()) is not None
