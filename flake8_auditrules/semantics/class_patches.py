"""Class-wide patches: what a test replaces in a class of a library, and its own requests through that class."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request"})
# Methods that all others go through (httpx: `get` calls `request`, that calls `send`).
_UNDERLYING = frozenset({"request", "send"})
# The classes whose methods answer for a test client: Starlette's is a subclass of httpx.Client.
_CLASSES: dict[str, frozenset[str]] = {
    "httpx.Client": frozenset({"starlette.testclient.TestClient", "fastapi.testclient.TestClient"}),
    "httpx.AsyncClient": frozenset({"httpx.AsyncClient"}),
}
_DECIDING = frozenset({"new", "wraps", "side_effect", None})


def mocked_request(module: Module, patch: ast.Call) -> ast.Call | None:
    """
    The first request of a test client that a patch of a method answers in its place.

    `patch` is `patch("httpx.Client.get")` or `patch.object(httpx.Client, "get")`, as a decorator of a test, in a
    `with`, or through `mocker`. None for one that decides for itself (`side_effect`, `wraps`, a function).
    """
    replaced = _replaced(module, patch)
    if replaced is None:
        return None
    class_name, method = replaced
    clients = _CLASSES.get(class_name, frozenset())
    for node in _while_patched(module, patch):
        if isinstance(node, ast.Attribute) and node.attr in ("side_effect", "wraps"):
            return None
    for node in _while_patched(module, patch):
        if (
            not isinstance(node, ast.Call)
            or not isinstance(node.func, ast.Attribute)
            or node.func.attr not in _VERBS
        ):
            continue
        if node.func.attr != method and method not in _UNDERLYING:
            continue
        if _class_of(module, node.func.value) in clients and _is_relative(node):
            return node
    return None


def _replaced(module: Module, patch: ast.Call) -> tuple[str, str] | None:
    """The class and the method that a patch replaces by a mock."""
    if any(keyword.arg in _DECIDING for keyword in patch.keywords):
        return None
    if last_name(patch) == "object":
        if len(patch.args) != 2 or not isinstance(patch.args[1], ast.Constant):
            return None
        class_name, method = module.qualname(patch.args[0]), patch.args[1].value
    else:
        if len(patch.args) != 1 or not isinstance(patch.args[0], ast.Constant):
            return None
        class_name, _, method = str(patch.args[0].value).rpartition(".")
    if class_name in _CLASSES and isinstance(method, str) and (method in _VERBS or method in _UNDERLYING):
        return class_name, method
    return None


def _while_patched(module: Module, patch: ast.Call) -> Iterator[ast.AST]:
    """What runs while a patch holds."""
    parent = module.parent(patch)
    body: Sequence[ast.AST] = ()
    first = 0
    if isinstance(parent, _FUNCTIONS):
        body = parent.body
    elif isinstance(parent, ast.withitem):
        block = module.parent(parent)
        assert isinstance(block, (ast.With, ast.AsyncWith))
        body = [*block.items[block.items.index(parent) + 1 :], *block.body]
    elif isinstance(parent, (ast.Expr, ast.Assign)):
        function = module.function_of(patch)
        if isinstance(function, _FUNCTIONS) and _holds_until_the_end(patch):
            body, first = function.body, patch.lineno
    for statement in body:
        for node in ast.walk(statement):
            if getattr(node, "lineno", first) >= first:
                yield node


def _holds_until_the_end(patch: ast.Call) -> bool:
    """Whether a patch holds for the rest of the test: `mocker.patch(...)` does, `patch(...)` has to be started."""
    return isinstance(patch.func, ast.Attribute) and "mocker" in ast.unparse(patch.func.value)


def _class_of(module: Module, client: ast.expr) -> str | None:
    """The class of a client: its own, or that of what the fixture of its name in the module gives."""
    held = module.instance_of(client)
    if held is not None or not isinstance(client, ast.Name):
        return held
    bindings = module.bindings(client)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.PARAMETER:
        return None
    for kind in _FUNCTIONS:
        for function in module.nodes(kind):
            if isinstance(function, _FUNCTIONS) and function.name == client.id and _is_fixture(function):
                return _given_by(module, function)
    return None


def _is_fixture(function: FunctionNode) -> bool:
    return any("fixture" in last_name(decorator) for decorator in function.decorator_list)


def _given_by(module: Module, fixture: FunctionNode) -> str | None:
    """The class of what a fixture yields or returns in one place."""
    given = [
        node.value
        for node in module.own_nodes(fixture)
        if isinstance(node, (ast.Return, ast.Yield)) and node.value is not None
    ]
    return module.instance_of(given[0]) if len(given) == 1 else None


def _is_relative(call: ast.Call) -> bool:
    """Whether a request goes to the application of its client: its URL has no host."""
    url = (
        call.args[-1]
        if last_name(call) == "request" and len(call.args) > 1
        else call.args[0]
        if call.args
        else None
    )
    if isinstance(url, ast.JoinedStr) and url.values:
        url = url.values[0]
    return isinstance(url, ast.Constant) and isinstance(url.value, str) and url.value.startswith("/")
