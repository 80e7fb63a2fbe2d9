"""Responses: what becomes of the answer to a request in the function that sends it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import responses
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Response(NamedTuple):
    """
    The answer to the request that `call` sends.

    `attributes` are the reads of its attributes in the function, in source order; `function` is what sends it.
    """

    call: ast.Call
    function: FunctionNode
    attributes: tuple[ast.Attribute, ...]


def response_of(module: Module, call: ast.Call) -> Response | None:
    """The response to a request, where only its attributes are read; None where it goes anywhere else."""
    function = module.function_of(call)
    if not isinstance(function, _FUNCTIONS):
        return None
    value: ast.expr = call
    parent = module.parent(value)
    if isinstance(parent, ast.Await):
        value, parent = parent, module.parent(parent)
    if isinstance(parent, ast.Attribute):
        return Response(call, function, (parent,))
    target: ast.expr | None = None
    if isinstance(parent, ast.withitem):
        target = parent.optional_vars
    elif isinstance(parent, ast.Assign) and len(parent.targets) == 1:
        target = parent.targets[0]
    elif isinstance(parent, ast.AnnAssign):
        target = parent.target
    if not isinstance(target, ast.Name):
        return None
    owner = module.owner_of(target)
    if owner is None or owner.kind is not ScopeKind.FUNCTION or owner.node is not function:
        return None
    if len(owner.bindings[target.id]) != 1:
        return None
    attributes: list[ast.Attribute] = []
    for use in _reads(module, target.id, function):
        holder = module.parent(use)
        if not isinstance(holder, ast.Attribute):
            return None
        attributes.append(holder)
    return Response(call, function, tuple(attributes))


def _reads(module: Module, name: str, function: FunctionNode) -> Iterator[ast.Name]:
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            yield node


def url_of(module: Module, call: ast.Call) -> ast.expr | None:
    """The URL that a request is sent to."""
    verb = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return module.argument(call, "url", responses.URL_POSITION.get(verb, 0))


def sees_to_status(module: Module, call: ast.Call) -> bool | None:
    """
    Whether a request, or the client that sends it, is made so that an error status raises.

    None where the client comes from elsewhere, so that nobody knows.
    """
    if _sees(call):
        return True
    if module.called(call, responses.FUNCTIONS) is not None:
        return False
    assert isinstance(call.func, ast.Attribute)
    made = _maker(module, call.func.value)
    return None if made is None else _sees(made)


def _sees(call: ast.Call) -> bool:
    return any(keyword.arg is None or keyword.arg in responses.CHECKING_ARGUMENTS for keyword in call.keywords)


def _maker(module: Module, client: ast.expr) -> ast.Call | None:
    """The call that makes a client, where the function or the class shows exactly one."""
    if isinstance(client, ast.Call):
        return client
    values: list[ast.expr | None] = []
    if isinstance(client, ast.Name):
        values = [binding.value for binding in module.bindings(client)]
    elif isinstance(client, ast.Attribute) and isinstance(client.value, ast.Name):
        function = module.function_of(client)
        holder = module.class_of(function) if function is not None else None
        if holder is not None:
            values = [binding.value for binding, _ in module.members(holder).attributes.get(client.attr, ())]
    calls = [value for value in values if isinstance(value, ast.Call)]
    return calls[0] if len(calls) == 1 == len(values) else None
