"""Header texts: expressions whose values are texts that a request brings in its headers, cookies or address."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.request_values import is_request
from flake8_auditrules.semantics.scopes import Binding, BindingKind

_MOST_HOPS = 6
_HOLDERS = frozenset({"args", "cookies", "form", "headers", "query_params"})
_REQUESTS = frozenset({"request", "req", "websocket", "ws"})
# What FastAPI takes out of a request for a parameter, as it came. Credentials of HTTP Basic it decodes as ASCII.
_MARKERS = frozenset({"Cookie", "Form", "Header", "Query"})
_SCHEMES = frozenset({"APIKeyCookie", "APIKeyHeader", "APIKeyQuery", "OAuth2PasswordBearer"})
_BEARER = "HTTPAuthorizationCredentials"
# Methods that give a part of a text.
_PARTS = frozenset(
    {"lower", "lstrip", "partition", "removeprefix", "replace", "rpartition", "rsplit", "rstrip", "split", "strip"}
)


def is_header_text(module: Module, expression: ast.expr, hops: int = 0) -> bool:
    """
    Whether an expression is a text of the request, or a part of one, as the server has decoded it.

    Such a text may hold any character: servers decode headers as Latin-1. All that a name is given must be so, but
    for None and constants.
    """
    if hops > _MOST_HOPS:
        return False
    if isinstance(expression, ast.BoolOp):
        # `a and b` gives `b`, but for what is false anyway.
        values = expression.values if isinstance(expression.op, ast.Or) else expression.values[-1:]
        return any(is_header_text(module, one, hops + 1) for one in values)
    if isinstance(expression, ast.Subscript):
        return _holds_texts(module, expression.value) or is_header_text(module, expression.value, hops + 1)
    if isinstance(expression, ast.Call) and isinstance(expression.func, ast.Attribute):
        receiver = expression.func.value
        if expression.func.attr == "get" and _holds_texts(module, receiver):
            return True
        return expression.func.attr in _PARTS and is_header_text(module, receiver, hops + 1)
    if isinstance(expression, ast.Attribute):
        return expression.attr == "credentials" and _is_bearer(module, expression.value)
    if isinstance(expression, ast.Name):
        bindings = module.bindings(expression)
        found = [_is_bound_to_text(module, one, hops) for one in bindings if not _is_constant(one)]
        return bool(found) and all(found)
    return False


def _holds_texts(module: Module, holder: ast.expr) -> bool:
    """Whether an expression is `request.headers`, `request.cookies` or the like."""
    return (
        isinstance(holder, ast.Attribute)
        and holder.attr in _HOLDERS
        and (is_request(module, holder.value) or last_name(holder.value) in _REQUESTS)
    )


def _is_constant(binding: Binding) -> bool:
    return binding.kind is BindingKind.ASSIGNMENT and isinstance(binding.value, ast.Constant)


def _is_bound_to_text(module: Module, binding: Binding, hops: int) -> bool:
    site = binding.site
    if binding.kind is BindingKind.PARAMETER:
        return isinstance(site, ast.arg) and _is_marked(module, site, binding.value)
    if binding.kind is BindingKind.ASSIGNMENT:
        return binding.value is not None and is_header_text(module, binding.value, hops + 1)
    # `scheme, _, token = header.partition(" ")`
    statement = module.statement(site)
    return isinstance(statement, ast.Assign) and is_header_text(module, statement.value, hops + 1)


def _is_marked(module: Module, parameter: ast.arg, default: ast.expr | None) -> bool:
    """Whether a parameter is declared to be a text of the request: `x: str = Header()`, or by `Annotated`."""
    marks: list[ast.expr] = [default] if default is not None else []
    annotation = parameter.annotation
    if isinstance(annotation, ast.Subscript) and last_name(annotation.value) == "Annotated":
        within = annotation.slice
        marks += within.elts[1:] if isinstance(within, ast.Tuple) else []
        annotation = within.elts[0] if isinstance(within, ast.Tuple) else within
    if annotation is not None and not any(
        isinstance(part, ast.Name) and part.id == "str" for part in ast.walk(annotation)
    ):
        return False
    return any(isinstance(mark, ast.Call) and _marks_text(module, mark) for mark in marks)


def _marks_text(module: Module, mark: ast.Call) -> bool:
    if last_name(mark) in _MARKERS:
        return True
    if last_name(mark) not in ("Depends", "Security") or not mark.args:
        return False
    scheme = mark.args[0]
    made = [binding.value for binding in module.bindings(scheme)] if isinstance(scheme, ast.Name) else [scheme]
    return bool(made) and all(isinstance(one, ast.Call) and last_name(one) in _SCHEMES for one in made)


def _is_bearer(module: Module, holder: ast.expr) -> bool:
    """Whether an expression is the credentials of a bearer token."""
    return isinstance(holder, ast.Name) and any(
        binding.kind is BindingKind.PARAMETER
        and isinstance(binding.site, ast.arg)
        and binding.site.annotation is not None
        and any(last_name(part) == _BEARER for part in ast.walk(binding.site.annotation))
        for binding in module.bindings(holder)
    )
