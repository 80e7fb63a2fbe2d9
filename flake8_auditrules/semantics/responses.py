"""Responses: what becomes of the answer to a request in the function that sends it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import responses
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TEMPORARY = ("NamedTemporaryFile", "SpooledTemporaryFile", "TemporaryFile")
_FILES = frozenset(
    {"builtins.open", "io.open", "aiofiles.open", "gzip.open", *(f"tempfile.{name}" for name in _TEMPORARY)}
)


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
    for use in _named(function, target.id):
        holder = module.parent(use)
        if not isinstance(holder, ast.Attribute):
            return None
        attributes.append(holder)
    return Response(call, function, tuple(attributes))


def hands_back(module: Module, call: ast.Call) -> FunctionNode | None:
    """
    The function that gives its callers the response to a request as it is, whatever its status.

    None where the function, or what decorates it, may look at the status, or where it answers anything else too.
    """
    function = module.function_of(call)
    if not isinstance(function, _FUNCTIONS) or function.decorator_list or module.is_generator(function):
        return None
    answered = False
    for node in module.own_nodes(function):
        if isinstance(node, ast.Attribute) and node.attr in responses.STATUS:
            return None
        if isinstance(node, ast.Return) and node.value is not None:
            if not _is_response(module, function, node.value):
                return None
            answered = answered or call is _request_of(node.value) or isinstance(node.value, ast.Name)
    return function if answered and _goes_nowhere_else(module, function, call) else None


def _request_of(value: ast.expr | None) -> ast.expr | None:
    return value.value if isinstance(value, ast.Await) else value


def _is_response(module: Module, function: FunctionNode, value: ast.expr) -> bool:
    """Whether what a function returns is None, a request, or a name that only ever holds responses."""
    if isinstance(value, ast.Constant):
        return value.value is None
    if isinstance(value, ast.Name):
        values = [_request_of(binding.value) for binding in module.bindings(value)]
        return bool(values) and all(isinstance(one, ast.Call) and _is_request(module, one) for one in values)
    sent = _request_of(value)
    return isinstance(sent, ast.Call) and _is_request(module, sent)


def _is_request(module: Module, call: ast.Call) -> bool:
    return module.called(call, responses.METHODS | responses.FUNCTIONS) is not None


def _goes_nowhere_else(module: Module, function: FunctionNode, call: ast.Call) -> bool:
    """Whether a response is returned at once, or its name is only returned and read by its attributes."""
    value: ast.AST = call
    parent = module.parent(value)
    if isinstance(parent, ast.Await):
        value, parent = parent, module.parent(parent)
    if isinstance(parent, ast.Return):
        return True
    target = parent.targets[0] if isinstance(parent, ast.Assign) else None
    return isinstance(target, ast.Name) and all(
        isinstance(module.parent(use), (ast.Return, ast.Attribute)) for use in _named(function, target.id)
    )


def written_bodies(module: Module, response: Response) -> Iterator[ast.Attribute]:
    """The reads of a response's body that go into a file as they are, whole or part by part."""
    for use in response.attributes:
        if use.attr in responses.BODIES:
            if any(_goes_to_file(module, value) for value in _values_of(module, use)):
                yield use
        elif use.attr in responses.BODY_PARTS:
            read = module.parent(use)
            loop = module.parent(read) if isinstance(read, ast.Call) else None
            if (
                isinstance(loop, (ast.For, ast.AsyncFor))
                and loop.iter is read
                and isinstance(loop.target, ast.Name)
            ):
                chunk = loop.target.id
                if any(_goes_to_file(module, part) for part in _named(loop, chunk)):
                    yield use


def _values_of(module: Module, read: ast.expr) -> Iterator[ast.expr]:
    """An expression, and the uses of the name that alone holds its value."""
    yield read
    parent = module.parent(read)
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1 and isinstance(parent.targets[0], ast.Name):
        name = parent.targets[0]
        function = module.function_of(read)
        if function is not None and len(module.sites_of(name)) == 1:
            yield from _named(function, name.id)


def _named(within: ast.AST, name: str) -> Iterator[ast.Name]:
    for node in ast.walk(within):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            yield node


def _goes_to_file(module: Module, value: ast.expr) -> bool:
    """Whether an expression is what a call writes to a file that is opened here."""
    call = module.parent(value)
    if not isinstance(call, ast.Call) or value not in call.args:
        return False
    function = call.func
    if module.qualname(function) == "shutil.copyfileobj":
        return call.args[0] is value and len(call.args) > 1 and _is_file(module, call.args[1])
    if not isinstance(function, ast.Attribute) or len(call.args) != 1:
        return False
    if function.attr in ("write_bytes", "write_text"):
        return True
    return function.attr == "write" and _is_file(module, function.value)


def _is_file(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is a file that the function itself opens."""
    made: list[ast.expr | None] = [expression]
    if isinstance(expression, ast.Name):
        made = [binding.value for binding in module.bindings(expression)]
    calls = (value.value if isinstance(value, ast.Await) else value for value in made)
    return bool(made) and all(
        isinstance(call, ast.Call)
        and (
            module.callee(call) in _FILES
            or (
                isinstance(call.func, ast.Attribute) and call.func.attr == "open" and not module.imports("zipfile")
            )
        )
        for call in calls
    )


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
