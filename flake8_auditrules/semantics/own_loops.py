"""Own loops: event loops that synchronous code makes for itself, and what in them outlives them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from flake8_auditrules.knowledge import clients
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import in_main_guard, is_terminal_program
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode, ScopeKind
from flake8_auditrules.semantics.shared_state import callers

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
RUNNERS = frozenset({"asyncio.run", "asyncio.AbstractEventLoop.run_until_complete", "asyncio.Runner.run"})
_MADE_LOOP = "asyncio.new_event_loop"
# Coroutines that wait for the coroutines which they are given.
_WRAPPERS = frozenset({"asyncio.gather", "asyncio.wait_for", "asyncio.shield", "asyncio.wait"})
# Classes whose objects hold connections that belong to the event loop in which they were opened.
_BOUND_TO_LOOP = frozenset(
    {
        *(
            name
            for name, client in clients.CLIENTS.items()
            if client.is_async and name.rpartition(".")[2][:1].isupper()
        ),
        "httpx.AsyncClient",
        "aiohttp.ClientSession",
        "redis.asyncio.Redis",
        "motor.motor_asyncio.AsyncIOMotorClient",
        "pymongo.AsyncMongoClient",
        "socketio.AsyncServer",
        "sqlalchemy.ext.asyncio.AsyncEngine",
        "sqlalchemy.ext.asyncio.async_sessionmaker",
        "asyncpg.Pool",
        "telegram.Bot",
        "aiogram.Bot",
    }
    # Opens a session for each request unless it is given one.
    - {"slack_sdk.web.async_client.AsyncWebClient"}
)
_OPENED_LATE = frozenset({"sqlalchemy.ext.asyncio.AsyncEngine", "sqlalchemy.ext.asyncio.async_sessionmaker"})
_ENTRIES = frozenset(
    {"main", "cli", "__main__", "run", "serve", "__init__", "setup", "startup", "close", "shutdown"}
)
_CLOSERS = frozenset({"aclose", "close", "disconnect", "dispose"})
_ENDING_METHODS = _CLOSERS | {"__aexit__", "__exit__", "stop", "shutdown"}
_KEEPING_DECORATORS = frozenset({"cache", "lru_cache"})
_MAXIMUM_HOPS = 4


class Sight(NamedTuple):
    """
    What is seen of other modules.

    `function` gives the module and function that a call in a module calls, `module` the module that a dotted name
    stands for in a module; each None for what is not seen.
    """

    function: Callable[[Module, ast.Call], tuple[Module, FunctionNode] | None]
    module: Callable[[Module, str], Module | None]


class PerCall(NamedTuple):
    """A loop made on each call of `function`, the call that does it, and the text of the client that it binds."""

    function: FunctionNode
    call: ast.Call
    client: str


def loops_per_call(module: Module, call: ast.Call, sight: Sight) -> Iterator[PerCall]:
    """
    The places where `call` runs a coroutine in a new event loop on every call of a function that is called many
    times, although the coroutine uses a client or engine that outlives the loop.

    That is the call itself, or where it runs what its function is given, the calls of that function.
    """
    if module.callee(call) not in RUNNERS or not call.args or module.is_test or in_main_guard(module, call):
        return
    function = module.function_of(call)
    if not isinstance(function, ast.FunctionDef) or function.name in _ENTRIES:
        return
    if module.callee(call) == "asyncio.AbstractEventLoop.run_until_complete" and not _is_new_loop(module, call):
        return
    coroutine = call.args[0]
    if isinstance(coroutine, ast.Name):
        yield from _through_runner(module, function, coroutine, sight)
    elif is_called_often(module, function):
        found = _outliving(module, function, coroutine, sight)
        if found is not None:
            yield PerCall(function, call, found)


def _through_runner(module: Module, runner: FunctionNode, parameter: ast.Name, sight: Sight) -> Iterator[PerCall]:
    """The calls of a function that runs the coroutine which it is given, where this makes a loop on each call."""
    positional = module.instances.positional_parameters(runner)
    if parameter.id not in positional:
        return
    for made in callers(module, runner).calls:
        function = module.function_of(made)
        if not isinstance(made, ast.Call) or not isinstance(function, ast.FunctionDef) or function is runner:
            continue
        if function.name in _ENTRIES or in_main_guard(module, made) or not is_called_often(module, function):
            continue
        coroutine = module.argument(made, parameter.id, positional.index(parameter.id))
        found = _outliving(module, function, coroutine, sight) if coroutine is not None else None
        if found is not None:
            yield PerCall(function, made, found)


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


def is_called_often(module: Module, function: FunctionNode) -> bool:
    """Whether a task queue or framework calls the function, or it is a method of an object that lives on."""
    role = role_of(module, function)
    if role in (Role.TASK, Role.ROUTE, Role.DEPENDENCY):
        return True
    return module.class_of(function) is not None and not is_terminal_program(module)


class _Place(NamedTuple):
    """
    A function whose statements run in the new loop.

    `lives_on` tells that its `self` is an object that was there before and is there afterwards.
    """

    module: Module
    function: FunctionNode
    lives_on: bool


def _outliving(module: Module, function: FunctionNode, coroutine: ast.expr, sight: Sight) -> str | None:
    """The client or engine from outside that `coroutine` uses, when `function` runs it in a loop of its own."""
    here = _Place(module, function, True)
    run = [here]
    found: str | None = None
    for call in _coroutines(module, coroutine):
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(call.func, ast.Attribute):
            given.append(call.func.value)
        for expression in given:
            if found is None and isinstance(expression, (ast.Name, ast.Attribute)):
                found = _outlives(here, expression, sight)
        found = found or _used_by(here, call, sight, run, 0)
    if found is None or any(_lets_go(place, found) for place in run):
        return None
    return found


def _coroutines(module: Module, coroutine: ast.expr) -> Iterator[ast.Call]:
    """The calls of coroutines behind an expression: itself, and what `gather` and `wait_for` are given."""
    if isinstance(coroutine, ast.Call):
        if module.callee(coroutine) in _WRAPPERS:
            for argument in coroutine.args:
                yield from _coroutines(module, argument)
        else:
            yield coroutine


def _used_by(place: _Place, call: ast.Call, sight: Sight, run: list[_Place], hops: int) -> str | None:
    """The outliving client that a function uses which is called at a place, itself or through what it calls."""
    if hops > _MAXIMUM_HOPS:
        return None
    called = sight.function(place.module, call)
    if called is None or any(called[1] is one.function for one in run):
        return None
    there = _Place(*called, _keeps_its_object(place, call, called))
    run.append(there)
    if any(last_name(decorator) in _KEEPING_DECORATORS for decorator in there.function.decorator_list):
        return place.module.text(call) if _is_bound(_Made(*_returned(there)), sight) else None
    nodes = list(there.module.own_nodes(there.function))
    for node in nodes:
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            found = _outlives(there, node, sight)
            if found is not None:
                return found
    for node in nodes:
        if isinstance(node, ast.Call):
            found = _used_by(there, node, sight, run, hops + 1)
            if found is not None:
                return found
    return None


def _returned(place: _Place) -> tuple[Module, list[ast.expr | None]]:
    """What a function returns, and its module."""
    returns = [node.value for node in place.module.own_nodes(place.function) if isinstance(node, ast.Return)]
    return place.module, returns


def _keeps_its_object(place: _Place, call: ast.Call, called: tuple[Module, FunctionNode]) -> bool:
    """Whether the object whose method is called lives longer than the loop: this one, or one of a module."""
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    if receiver is None:
        # A function inside this one sees the same `self`.
        return place.lives_on and any(one is place.function for one in called[0].ancestors(called[1]))
    if isinstance(receiver, ast.Name) and receiver.id != "self":
        owner = place.module.owner_of(receiver)
        return owner is not None and owner.kind is ScopeKind.MODULE
    root: ast.expr = receiver
    while isinstance(root, ast.Attribute):
        root = root.value
    return place.lives_on and isinstance(root, ast.Name) and root.id == "self"


def _outlives(place: _Place, expression: ast.Name | ast.Attribute, sight: Sight) -> str | None:
    """The text of an expression that is a module's variable or an attribute of self and holds a bound client."""
    module = place.module
    made: _Made | None
    if isinstance(expression, ast.Attribute):
        if not isinstance(expression.value, ast.Name):
            return None
        if expression.value.id == "self":
            values = _kept_by_self(module, expression) if place.lives_on else None
            made = _Made(module, values) if values is not None else None
        else:
            owner = module.owner_of(expression.value)
            imported = owner is not None and owner.kind is ScopeKind.MODULE
            made = _variable(module, module.qualname(expression), sight, 0) if imported else None
    else:
        made = _made(module, expression, sight)
    if made is not None and _is_bound(made, sight):
        return module.text(expression)
    return None


class _Made(NamedTuple):
    """What is assigned to a variable, and the module that does it."""

    module: Module
    values: list[ast.expr | None]


def _made(module: Module, name: ast.Name, sight: Sight) -> _Made | None:
    """What is assigned to a name of the module, here or where it is imported from."""
    owner = module.owner_of(name)
    if owner is None or owner.kind is not ScopeKind.MODULE:
        return None
    values = [binding.value for binding in module.bindings(name) if binding.kind is BindingKind.ASSIGNMENT]
    return _Made(module, values) if values else _variable(module, module.qualname(name), sight, 0)


def _variable(module: Module, qualname: str | None, sight: Sight, hops: int) -> _Made | None:
    """What is assigned to the variable of another module that a qualified name stands for, imports followed."""
    home, _, name = (qualname or "").rpartition(".")
    other = sight.module(module, home) if home and hops < _MAXIMUM_HOPS else None
    if other is None:
        return None
    sites = other.index.root.bindings.get(name, [])
    if len(sites) == 1 and isinstance(sites[0], ast.alias):
        return _variable(other, other.names.imported(sites[0]), sight, hops + 1)
    bindings = [other.names.binding(site) for site in sites if not isinstance(site, ast.alias)]
    return _Made(other, [one.value for one in bindings if one.kind is BindingKind.ASSIGNMENT])


def _kept_by_self(module: Module, attribute: ast.Attribute) -> list[ast.expr | None] | None:
    """
    What an object keeps in an attribute of self; None where it may be set anew for each loop.

    That is what the constructor stores, and what another method stores behind a test for what is there.
    """
    holder = module.instances.local_class(module.instance_of(attribute.value) or "")
    if holder is None:
        return None
    kept: list[ast.expr | None] = []
    for binding, method in module.members(holder).attributes.get(attribute.attr, []):
        is_none = isinstance(binding.value, ast.Constant) and binding.value.value is None
        if method is not None and method.name != "__init__":
            test = module.parent(module.statement(binding.site))
            first = isinstance(test, ast.If) and any(
                isinstance(part, ast.Attribute) and part.attr == attribute.attr for part in ast.walk(test.test)
            )
            if not first and not (is_none and method.name in _ENDING_METHODS):
                return None
        kept.append(binding.value)
    return kept


def _is_bound(made: _Made, sight: Sight) -> bool:
    """Whether one of the values of a variable has connections that belong to the loop in which it is used."""
    return any(
        _is_bound_class(made.module, held) and not (held in _OPENED_LATE and _keeps_no_connections(made, sight))
        for value in made.values
        if value is not None
        for held in [made.module.instance_of(value)]
        if held is not None
    )


def _is_bound_class(module: Module, held: str) -> bool:
    return any(ancestor in _BOUND_TO_LOOP for ancestor in module.instances.ancestry(held))


def _lets_go(place: _Place, client: str) -> bool:
    """Whether what runs in the loop ends the connections before the loop does."""
    last = client.removesuffix("()").rpartition(".")[2]
    for node in place.module.own_nodes(place.function):
        if isinstance(node, ast.Attribute) and node.attr in _CLOSERS:
            if node.attr == "dispose" or last_name(node.value) == last:
                return True
    return False


def _keeps_no_connections(made: _Made, sight: Sight) -> bool:
    """Whether an engine is made with NullPool, or it is not seen how."""
    module = made.module
    for value in made.values:
        if isinstance(value, ast.Constant) and value.value is None:
            continue
        if not isinstance(value, ast.Call) or any(
            keyword.arg is None or keyword.arg == "poolclass" for keyword in value.keywords
        ):
            return True
        if module.instance_of(value) == "sqlalchemy.ext.asyncio.async_sessionmaker":
            engine = module.argument(value, "bind", 0)
            behind = _Made(module, [engine]) if isinstance(engine, ast.Call) else None
            if isinstance(engine, ast.Name):
                behind = _made(module, engine, sight)
            if behind is None or _keeps_no_connections(behind, sight):
                return True
    return not made.values


def runs_per_call(module: Module, made: ast.Call, sight: Sight) -> bool:
    """Whether the loop that `made` makes is one that is made on every call: AUD122 speaks of it, not AUD108."""
    function = module.function_of(made)
    if not isinstance(function, _FUNCTIONS):
        return False
    return any(
        isinstance(node, ast.Call) and any(True for _ in loops_per_call(module, node, sight))
        for node in module.own_nodes(function)
    )
