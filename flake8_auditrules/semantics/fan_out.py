"""Fan-out: requests whose number is that of an input."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.knowledge import clients
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.origins import Origin, origins
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "request"})
_SAFE_METHODS = frozenset({"get", "head"})
_LIMITING_WORDS = ("sem", "limit", "lock", "throttle", "slot", "concurren", "batch", "chunk", "page")
_MAXIMUM_HOPS = 2


class Way(enum.Enum):
    """How the requests are made."""

    AT_ONCE = "at once"
    ONE_BY_ONE = "one by one"


class FanOut(NamedTuple):
    """Requests for each of `items` (the text of the iterable), in one of two ways."""

    way: Way
    items: str


def fan_out(module: Module, call: ast.Call) -> FanOut | None:
    """Whether a `gather` starts, or an awaited request in a loop is, one request for each item of an input."""
    if module.callee(call) == "asyncio.gather":
        return _gathered(module, call)
    if is_request(module, call) and isinstance(module.parent(call), ast.Await):
        return _one_by_one(module, call)
    return None


def may_fan_out(module: Module, call: ast.Call) -> bool:
    """Whether a call is one of which `fan_out` can tell: a `gather` over items, an awaited request in a loop."""
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return module.callee(call) == "asyncio.gather"
    return (
        isinstance(module.parent(call), ast.Await)
        and module.loop_of(call) is not None
        and is_request(module, call)
    )


def is_request(module: Module, call: ast.Call) -> bool:
    """Whether a call is a request of an asynchronous HTTP client."""
    callee = module.callee(call)
    if callee is None:
        return False
    owner, _, method = callee.rpartition(".")
    client = clients.CLIENTS.get(owner)
    return client is not None and client.is_http and client.is_async and method in _METHODS


def _gathered(module: Module, call: ast.Call) -> FanOut | None:
    starred = [argument.value for argument in call.args if isinstance(argument, ast.Starred)]
    if len(starred) != 1 or len(call.args) != 1 or _reads_as_limit(module, call):
        return None
    made = starred[0]
    if isinstance(made, ast.Name):
        bindings = module.bindings(made)
        if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].value is None:
            return None
        made = bindings[0].value
    if not isinstance(made, (ast.ListComp, ast.GeneratorExp)) or len(made.generators) != 1:
        return None
    one = made.elt
    if isinstance(one, ast.Call) and module.callee(one) in ("asyncio.create_task", "asyncio.ensure_future"):
        one = one.args[0] if one.args else one
    if not isinstance(one, ast.Call) or not _sends_unlimited(module, one, 0):
        return None
    items = made.generators[0].iter
    return FanOut(Way.AT_ONCE, module.text(items, 40)) if _is_of_any_size(module, items) else None


def _sends_unlimited(module: Module, call: ast.Call, hops: int) -> bool:
    """Whether a call makes a request, directly or through functions of this module, with no limit on the way."""
    if is_request(module, call):
        return not _is_limited_client(module)
    if hops >= _MAXIMUM_HOPS:
        return False
    function = module.instances.local_function(module.callee(call) or "")
    if not isinstance(function, ast.AsyncFunctionDef) or _limits_itself(module, function):
        return False
    return any(
        isinstance(node, ast.Call)
        and isinstance(module.parent(node), ast.Await)
        and _sends_unlimited(module, node, hops + 1)
        for node in module.own_nodes(function)
    )


def _limits_itself(module: Module, function: FunctionNode) -> bool:
    """Whether a coroutine function waits for a semaphore, limiter or lock, or is decorated with one."""
    if function.decorator_list:
        return True
    return any(
        isinstance(node, ast.AsyncWith) and any(_reads_as_limit(module, item.context_expr) for item in node.items)
        for node in module.own_nodes(function)
    ) or any(
        isinstance(node, ast.Attribute) and node.attr == "acquire" and isinstance(node.ctx, ast.Load)
        for node in module.own_nodes(function)
    )


def _reads_as_limit(module: Module, expression: ast.expr) -> bool:
    text = module.source(expression).lower()
    return any(word in text for word in _LIMITING_WORDS)


def _is_limited_client(module: Module) -> bool:
    """Whether the module gives a client limits of its own."""
    return module.keep("clients with limits", _limits_clients)


def _limits_clients(module: Module) -> bool:
    return any(
        keyword.arg in ("limits", "limit", "limit_per_host", "connector")
        for call in module.nodes(ast.Call)
        for keyword in call.keywords
    )


def _is_of_any_size(module: Module, items: ast.expr) -> bool:
    """Whether a list comes from a caller or from something that was awaited, uncut."""
    if _reads_as_limit(module, items) or not isinstance(items, (ast.Name, ast.Attribute, ast.Call)):
        return False
    if any(isinstance(node, (ast.Slice, ast.Constant)) for node in ast.walk(items)):
        return False
    if last_name(items) == "attachments":
        # What one message carries: platforms for messages bound it.
        return False
    if isinstance(items, ast.Name) and _is_cut(module, items):
        return False
    found = origins(module, items)
    return bool(found & {Origin.PARAMETER, Origin.UNKNOWN}) and Origin.CONSTANT not in found


def _is_cut(module: Module, items: ast.Name) -> bool:
    """Whether the list is a piece of another, its length is looked at, or it is what a loop binds."""
    for binding in module.bindings(items):
        if binding.kind is BindingKind.LOOP:
            return True
        if binding.value is not None and any(isinstance(part, ast.Slice) for part in ast.walk(binding.value)):
            return True
    owner = module.owner_of(items)
    for use in loads(module, items.id):
        parent = module.parent(use)
        if isinstance(parent, ast.Call) and module.qualname(parent.func) == "builtins.len":
            if module.owner_of(use) is owner and _is_compared(module, parent):
                return True
    return False


def _is_compared(module: Module, call: ast.Call) -> bool:
    compared = module.parent(call)
    return isinstance(compared, ast.Compare) and any(
        isinstance(operator, (ast.Gt, ast.GtE, ast.Lt, ast.LtE)) for operator in compared.ops
    )


def _one_by_one(module: Module, call: ast.Call) -> FanOut | None:
    loop = module.loop_of(call)
    function = module.function_of(call)
    if (
        not isinstance(loop, ast.For)
        or not isinstance(function, _FUNCTIONS)
        or not isinstance(loop.target, ast.Name)
    ):
        return None
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in _SAFE_METHODS:
        return None
    if module.loop_of(loop) is not None or not _is_of_any_size(module, loop.iter):
        return None
    uses_item = any(
        isinstance(node, ast.Name) and node.id == loop.target.id
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        for node in ast.walk(argument)
    )
    if not uses_item or not _turns_are_independent(module, loop):
        return None
    return FanOut(Way.ONE_BY_ONE, module.text(loop.iter, 40))


def _turns_are_independent(module: Module, loop: ast.For) -> bool:
    """Whether no turn ends the loop, waits on purpose, or reads a plain variable that an earlier one has set."""
    stored = {node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    seen: set[str] = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
    for statement in loop.body:
        for node in ast.walk(statement):
            if isinstance(node, (ast.Return, ast.Break, ast.Yield, ast.YieldFrom, ast.Raise)):
                return False
            if isinstance(node, ast.AugAssign):
                return False
            if isinstance(node, ast.Call) and module.text(node.func).rpartition(".")[2] in ("sleep", "acquire"):
                return False
            if isinstance(node, ast.AsyncWith) and any(
                _reads_as_limit(module, item.context_expr) for item in node.items
            ):
                return False
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                if node.id in stored and node.id not in seen and not _is_set_in(statement, node.id):
                    return False
        seen |= {
            node.id
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
    return True


def _is_set_in(statement: ast.stmt, name: str) -> bool:
    """Whether a compound statement sets a name itself before it may read it."""
    return isinstance(statement, (ast.With, ast.AsyncWith, ast.Try, ast.If, ast.For)) and any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in ast.walk(statement)
    )
