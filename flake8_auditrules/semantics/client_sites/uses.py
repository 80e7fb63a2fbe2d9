"""What becomes of a client that is made: what is asked of it, which hosts it talks to, whether it is kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import clients
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.client_sites.many_runs import is_called
from flake8_auditrules.semantics.client_sites.own_loops import may_run_in_own_loop
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.origins import has_fixed_host, is_fixed
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.row_checks import found_nothing
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_URL_POSITIONS = {"request": 1, "stream": 1, "build_request": 1, "ws_connect": 0}
_REQUESTS = frozenset(
    {
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "head",
        "options",
        "request",
        "stream",
        "ws_connect",
        "build_request",
    }
)


def streams(module: Module, call: ast.Call, function: FunctionNode, used: Uses) -> bool:
    """Whether a generator only hands out what its client gives it, piece after piece, and never the client."""
    if used.passed or not isinstance(module.parent(call), ast.withitem) or function.decorator_list:
        return False
    if role_of(module, function) is not None:
        return False
    yields = [node for node in module.own_nodes(function) if isinstance(node, (ast.Yield, ast.YieldFrom))]
    return all(isinstance(module.loop_of(node), (ast.For, ast.AsyncFor)) for node in yields)


def may_be_given(module: Module, call: ast.Call, function: FunctionNode) -> bool:
    """
    Whether a client is made only where nobody has given one: `if client is None:` about a parameter, or
    `if self._client is not None: ... else:` about what the object was made with.
    """
    given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    parent = module.parent(call)
    target = parent.targets[0] if isinstance(parent, ast.Assign) else None
    for missing in found_nothing(module, call):
        if isinstance(missing, ast.Name) and missing.id in given:
            if isinstance(target, ast.Name) and target.id == missing.id:
                return True
        elif not isinstance(missing, ast.Attribute):
            continue
        if _is_asked_in(module, missing, function):
            return True
    return False


def _is_asked_in(module: Module, client: ast.Name | ast.Attribute, function: FunctionNode) -> bool:
    """Whether a parameter or an attribute is a client: the function sends requests by it."""
    return any(
        isinstance(called, ast.Call)
        and isinstance(called.func, ast.Attribute)
        and called.func.attr in _REQUESTS
        and module.source(called.func.value) == module.source(client)
        for called in module.own_nodes(function)
    )


def is_made_from_fixed(module: Module, call: ast.Call) -> bool:
    """Whether every call of the function makes the client from the same values."""
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    for keyword in call.keywords:
        if keyword.arg is None and isinstance(keyword.value, ast.Name):
            arguments += put_into(module, keyword.value)
    return all(is_fixed(module, argument) for argument in arguments)


def put_into(module: Module, name: ast.Name) -> Iterator[ast.expr]:
    """What the function puts into a local dict: `options["api_key"] = key`, `options.update(given)`."""
    function = module.function_of(name)
    if not isinstance(function, _FUNCTIONS):
        return
    for use in module.names_in(function).get(name.id, ()):
        holder = module.parent(use)
        statement = module.parent(holder) if holder is not None else None
        if isinstance(holder, ast.Subscript) and isinstance(statement, ast.Assign):
            yield statement.value
        elif isinstance(holder, ast.Attribute) and isinstance(statement, ast.Call) and holder.attr == "update":
            yield from (*statement.args, *(keyword.value for keyword in statement.keywords))


class Uses(NamedTuple):
    """The attribute accesses through which a client is used, and whether it is also passed to calls."""

    attributes: tuple[ast.Attribute, ...]
    passed: bool


def is_asked(module: Module, used: Uses) -> bool:
    """Whether a client is asked something: one whose settings are only compared opens no connection."""
    return used.passed or any(
        not isinstance(module.parent(attribute), (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.If))
        for attribute in used.attributes
    )


def is_mounted(module: Module, used: Uses) -> bool:
    """Whether a session is given an adapter that is made from what the call gives."""
    for attribute in used.attributes:
        mount = module.parent(attribute)
        if attribute.attr == "mount" and isinstance(mount, ast.Call):
            if not all(is_fixed(module, argument) for argument in mount.args):
                return True
    return False


def uses_of_client(module: Module, call: ast.Call) -> Uses | None:
    """How the client that `call` makes is used in the same function; None where it outlives its use there."""
    parent = module.parent(call)
    if isinstance(parent, ast.Await):
        return None
    if isinstance(parent, ast.Attribute):
        return Uses((parent,), False)
    if isinstance(parent, ast.withitem):
        target = parent.optional_vars
        if target is None:
            return None
        return _uses_of(module, target, module.parent(parent))
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1:
        return _uses_of(module, parent.targets[0])
    return None


def _uses_of(module: Module, target: ast.expr, block: ast.AST | None = None) -> Uses | None:
    """The uses of what a name holds; of one that a `with` block binds, as others do, those in the block."""
    if not isinstance(target, ast.Name):
        return None
    owner = module.owner_of(target)
    stores = [site for site in owner.bindings[target.id] if _stores(site)] if owner is not None else []
    function = module.function_of(target)
    within: ast.AST | None = function
    if len(stores) > 1 and block is not None:
        within = block
        stores = [site for site in stores if block in module.ancestors(site)]
    if len(stores) != 1:
        return None
    attributes: list[ast.Attribute] = []
    passed = False
    for name in _loads(module, target.id, within):
        parent = module.parent(name)
        if isinstance(parent, ast.Attribute):
            attributes.append(parent)
        elif isinstance(parent, (ast.Call, ast.keyword)):
            call = parent if isinstance(parent, ast.Call) else module.parent(parent)
            if not isinstance(call, ast.Call):
                return None
            if _may_keep(module, call) and not _is_for_one_request(module, call, function):
                return None
            passed = True
        elif isinstance(parent, (ast.If, ast.Compare, ast.withitem, ast.BoolOp, ast.UnaryOp)):
            continue
        else:
            return None
    return Uses(tuple(attributes), passed)


def _is_for_one_request(module: Module, call: ast.Call, function: ast.AST | None) -> bool:
    """Whether a handler of requests makes an object that only it uses: what that keeps ends with the request."""
    parent = module.parent(call)
    if not isinstance(function, _FUNCTIONS) or role_of(module, function) is not Role.ROUTE:
        return False
    if not isinstance(parent, ast.Assign) or not isinstance(parent.targets[0], ast.Name):
        return isinstance(parent, ast.Return)
    for name in _loads(module, parent.targets[0].id, function):
        used = module.parent(name)
        if not isinstance(used, ast.Attribute) or not is_called(module, used):
            if not isinstance(module.statement(name), ast.Return):
                return False
    return True


def _stores(site: ast.AST) -> bool:
    return isinstance(site, ast.Name) and isinstance(site.ctx, ast.Store)


def _loads(module: Module, name: str, function: ast.AST | None) -> Iterator[ast.Name]:
    """The reads of a local name in its function and in what is nested in it."""
    for node in loads(module, name):
        if function is None or function in module.ancestors(node):
            yield node


def _may_keep(module: Module, call: ast.Call) -> bool:
    """Whether a call that gets the client may keep it: a constructor, `append`, an exit stack."""
    name = module.callee(call)
    last = name.rpartition(".")[2] if name is not None else ""
    if not last:
        last = last_name(call)
    if last[:1].isupper() or (last[:1] == "_" and last[1:2].isupper()):
        return True
    return last in {
        "append",
        "add",
        "put",
        "put_nowait",
        "setdefault",
        "setattr",
        "insert",
        "register",
        "enter_context",
        "enter_async_context",
        "push",
        "push_async_exit",
        "callback",
        "partial",
    }


def talks_to_fixed_host(
    module: Module, call: ast.Call, used: Uses, given: str = "", has_base_url: bool = False
) -> bool:
    """Whether the client talks to a host that is the same for every call, all of which one event loop runs."""
    callee = given or module.called(call, clients.CLIENTS)
    if callee is not None and clients.CLIENTS[callee].is_async and may_run_in_own_loop(module, call):
        return False
    if has_base_url or callee not in clients.HTTP_CLIENTS or module.argument(call, "base_url") is not None:
        return True
    urls = [url for attribute in used.attributes for url in [_requested_url(module, attribute)] if url is not None]
    return bool(urls) and all(has_fixed_host(module, url) for url in urls)


def requested_urls(module: Module, call: ast.Call, used: Uses) -> list[ast.expr]:
    """The URLs that a client is asked for in its function; none where it has a host, or others ask it too."""
    if used.passed or module.argument(call, "base_url") is not None:
        return []
    return [url for attribute in used.attributes for url in [_requested_url(module, attribute)] if url is not None]


def _requested_url(module: Module, attribute: ast.Attribute) -> ast.expr | None:
    call = module.parent(attribute)
    if attribute.attr not in _REQUESTS or not isinstance(call, ast.Call) or call.func is not attribute:
        return None
    return module.argument(call, "url", _URL_POSITIONS.get(attribute.attr, 0))
