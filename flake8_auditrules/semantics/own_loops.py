"""Own loops: event loops that synchronous code makes for itself, and what in them outlives them."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import clients
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import in_main_guard
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_RUNNERS = frozenset({"asyncio.run", "asyncio.AbstractEventLoop.run_until_complete", "asyncio.Runner.run"})
_MADE_LOOP = "asyncio.new_event_loop"
# Classes whose objects hold connections that belong to the event loop in which they were opened.
_BOUND_TO_LOOP = frozenset(
    {
        *(name for name, client in clients.CLIENTS.items() if client.is_async and not name[-1].islower()),
        "httpx.AsyncClient",
        "aiohttp.ClientSession",
        "redis.asyncio.Redis",
        "motor.motor_asyncio.AsyncIOMotorClient",
        "pymongo.AsyncMongoClient",
        "sqlalchemy.ext.asyncio.AsyncEngine",
        "sqlalchemy.ext.asyncio.async_sessionmaker",
        "asyncpg.Pool",
    }
)
_OPENED_LATE = frozenset({"sqlalchemy.ext.asyncio.AsyncEngine", "sqlalchemy.ext.asyncio.async_sessionmaker"})
_ENTRIES = frozenset(
    {"main", "cli", "__main__", "run", "serve", "__init__", "setup", "startup", "close", "shutdown"}
)
_MAXIMUM_HOPS = 3


class PerCall(NamedTuple):
    """A loop made on each call of `function`, with the text of the client outside of it that it binds."""

    function: FunctionNode
    client: str


def loop_per_call(module: Module, call: ast.Call) -> PerCall | None:
    """
    Whether `call` runs a coroutine in a new event loop on every call of a function that is called many times,
    although the coroutine uses a client or engine that outlives the loop.
    """
    if module.callee(call) not in _RUNNERS or not call.args or module.is_test or in_main_guard(module, call):
        return None
    function = module.function_of(call)
    if not isinstance(function, ast.FunctionDef) or function.name in _ENTRIES:
        return None
    if module.callee(call) == "asyncio.AbstractEventLoop.run_until_complete" and not _is_new_loop(module, call):
        return None
    if not _is_called_often(module, function):
        return None
    coroutine = call.args[0]
    if not isinstance(coroutine, ast.Call):
        return None
    found = _outliving_client(module, coroutine, set(), 0)
    return PerCall(function, found) if found is not None else None


def _is_new_loop(module: Module, call: ast.Call) -> bool:
    """Whether the loop that runs was made by `new_event_loop` in the same function."""
    assert isinstance(call.func, ast.Attribute)
    loop = call.func.value
    if isinstance(loop, ast.Call):
        return module.callee(loop) == _MADE_LOOP
    if not isinstance(loop, ast.Name):
        return False
    values = [binding.value for binding in module.bindings(loop)]
    return bool(values) and all(
        isinstance(value, ast.Call) and module.callee(value) == _MADE_LOOP for value in values
    )


def _is_called_often(module: Module, function: FunctionNode) -> bool:
    """Whether a task queue or framework calls the function, or it is a method of an object that lives on."""
    role = role_of(module, function)
    if role in (Role.TASK, Role.ROUTE, Role.DEPENDENCY):
        return True
    return module.class_of(function) is not None


def _outliving_client(module: Module, call: ast.Call, followed: set[ast.AST], hops: int) -> str | None:
    """The client or engine made outside the coroutine that a call makes, through functions of this module."""
    if hops > _MAXIMUM_HOPS:
        return None
    function = module.instances.local_function(module.callee(call) or "")
    if function is None or function in followed:
        return None
    followed.add(function)
    for node in module.own_nodes(function):
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            if _outlives(module, node):
                return module.text(node)
    for node in module.own_nodes(function):
        if isinstance(node, ast.Call):
            found = _outliving_client(module, node, followed, hops + 1)
            if found is not None:
                return found
    return None


def _outlives(module: Module, expression: ast.Name | ast.Attribute) -> bool:
    """Whether an expression is a module's variable or an attribute of self that holds a client bound to a loop."""
    if isinstance(expression, ast.Name):
        owner = module.owner_of(expression)
        if owner is None or owner.kind is not ScopeKind.MODULE:
            return False
        made = [binding.value for binding in module.bindings(expression) if binding.kind is BindingKind.ASSIGNMENT]
    elif isinstance(expression.value, ast.Name) and expression.value.id == "self":
        holder = module.instances.local_class(module.instance_of(expression.value) or "")
        if holder is None:
            return False
        bindings = module.members(holder).attributes.get(expression.attr, [])
        # What another method than the constructor sets may be set anew for each loop.
        if any(method is not None and method.name != "__init__" for _, method in bindings):
            return False
        made = [binding.value for binding, _ in bindings]
    else:
        return False
    held = module.instance_of(expression)
    if (
        held is None
        or not made
        or not any(ancestor in _BOUND_TO_LOOP for ancestor in module.instances.ancestry(held))
    ):
        return False
    return not (held in _OPENED_LATE and _keeps_no_connections(module, made))


def _keeps_no_connections(module: Module, made: list[ast.expr | None]) -> bool:
    """Whether an engine is made with NullPool, or it is not seen how."""
    for value in made:
        if not isinstance(value, ast.Call):
            return True
        for keyword in value.keywords:
            if keyword.arg is None or keyword.arg == "poolclass":
                return True
        if module.instance_of(value) == "sqlalchemy.ext.asyncio.async_sessionmaker":
            engine = module.argument(value, "bind", 0)
            if not isinstance(engine, ast.Name):
                return True
            if _keeps_no_connections(module, [binding.value for binding in module.bindings(engine)]):
                return True
    return False


def runs_per_call(module: Module, made: ast.Call) -> bool:
    """Whether the loop that `made` makes is one that is made on every call: AUD122 speaks of it, not AUD108."""
    function = module.function_of(made)
    if not isinstance(function, _FUNCTIONS):
        return False
    return any(
        isinstance(node, ast.Call) and loop_per_call(module, node) is not None
        for node in module.own_nodes(function)
    )
