"""Where a client is made too often: in a loop, or at each call of a function that runs often."""

from __future__ import annotations

import ast
import enum
from collections.abc import Callable

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.client_sites.looped_callers import SELDOM, looped_caller
from flake8_auditrules.semantics.client_sites.many_runs import (
    calls_of_own,
    may_serve,
    runs_many_times,
    takes_something,
)
from flake8_auditrules.semantics.client_sites.turns import (
    has_few_turns,
    is_tried_again,
    is_where_equal,
    leaves_once_answered,
    line_of_loop,
    serves_every_turn,
)
from flake8_auditrules.semantics.client_sites.uses import (
    is_asked,
    is_made_from_fixed,
    is_mounted,
    may_be_given,
    requested_urls,
    streams,
    talks_to_fixed_host,
    uses_of_client,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.origins import is_fixed
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind
from flake8_auditrules.semantics.turn_hosts import are_of_turn, hosts_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_CACHES = frozenset({"functools.lru_cache", "functools.cache", "functools.cached_property"})


class Frequency(enum.Enum):
    """How often a client is made where one would do."""

    IN_LOOP = "in a loop"
    PER_CALL = "per call"


class ClientSite(NamedTuple):
    """
    A place where a client is made too often.

    `function` is the function that makes it (None: the module), `loop_line` the 1-based line of the loop
    that runs it, with `caller` the name of the function that the loop calls where the loop is elsewhere.
    """

    frequency: Frequency
    function: FunctionNode | None
    loop_line: int
    caller: str


def client_site(
    module: Module,
    call: ast.Call,
    serves_requests: Callable[[FunctionNode], bool] | None = None,
    *,
    given: str = "",
    has_base_url: bool = False,
) -> ClientSite | None:
    """
    What is wrong with where `call` makes a client; None where nothing is, or where it is not sure.

    A client that is kept (stored, returned, yielded, passed on), made from what the call or the loop gives
    it, or cached, is right where it is. `serves_requests` says of a function of the module's top level whether
    requests run it; it is asked about those that make a client in a `with`. Where `call` calls a function that
    makes the client for it, `given` is the client's name, and `has_base_url` tells whether its host is set there.
    """
    if module.is_test or is_test_double(module, call):
        return None
    function = module.function_of(call)
    if isinstance(function, ast.Lambda) or (given and not is_fixed(module, call.func)):
        return None
    if function is not None and _is_cached(module, function):
        return None
    if isinstance(module.parent(call), ast.Return):
        return _site_of_factory(module, call, function) if not given else None
    used = uses_of_client(module, call)
    if used is None or not is_asked(module, used):
        return None
    if function is not None and _is_generator(module, function) and not streams(module, call, function, used):
        return None
    loop = module.loop_of(call)
    hosts = hosts_of(module, requested_urls(module, call, used))
    if loop is not None and not is_tried_again(module, call, loop):
        if has_few_turns(module, loop) or not serves_every_turn(module, call, loop):
            return None
        if leaves_once_answered(module, used, loop) or are_of_turn(hosts, loop):
            return None
        return ClientSite(Frequency.IN_LOOP, function, line_of_loop(module, loop), "")
    if function is None or not is_made_from_fixed(module, call) or is_mounted(module, used):
        return None

    def has_one_host() -> bool:
        return talks_to_fixed_host(module, call, used, given, has_base_url)

    looped = looped_caller(module, function, has_one_host, hosts)
    if looped is not None and (
        may_be_given(module, call, function)
        or _is_one_of_several(module, call, function)
        or _remembers(module, call, function)
        or any(module.loop_of(attribute) is not None for attribute in used.attributes)
    ):
        # Or it serves many requests of its own on each turn.
        return None
    if looped is not None:
        return ClientSite(Frequency.IN_LOOP, function, *looped) if looped is not SELDOM else None
    if any(isinstance(module.loop_of(attribute), ast.While) for attribute in used.attributes):
        # It asks again and again, or page after page: the client is shared by all that one call does.
        return None
    if not has_one_host() or _remembers(module, call, function) or may_be_given(module, call, function):
        return None
    if used.attributes and not used.passed and all(one.attr == "ws_connect" for one in used.attributes):
        # One connection that lives as long as the client.
        return None
    if runs_many_times(module, function) or (
        serves_requests is not None and may_serve(module, function) and serves_requests(function)
    ):
        return ClientSite(Frequency.PER_CALL, function, 0, "")
    return None


def _site_of_factory(module: Module, call: ast.Call, function: FunctionNode | None) -> ClientSite | None:
    """
    What is wrong with a client that a private method or a function returns, made from nothing that it is given.

    All that the module does with it is to enter or use it at once, and one of those places runs many times; it
    stays so where other modules also call a public function.
    """
    if not isinstance(function, _FUNCTIONS) or function.decorator_list:
        return None
    if not function.name.startswith("_") and not isinstance(module.parent(function), ast.Module):
        return None
    if takes_something(function) or len(function.body) > _SHORT or not is_made_from_fixed(module, call):
        return None
    makers = module.keep("calls of own functions", calls_of_own).get(module.definition(function), [])
    holder = module.class_of(function)
    mentioned = [
        one
        for one in (*module.attributes_named(function.name), *loads(module, function.name))
        if holder is None or module.enclosing(one, ast.ClassDef) is holder
    ]
    if not makers or {id(one.func) for one in makers} != {id(one) for one in mentioned}:
        return None
    found: ClientSite | None = None
    for maker in makers:
        caller, used = module.function_of(maker), uses_of_client(module, maker)
        if not isinstance(caller, _FUNCTIONS) or used is None or not is_asked(module, used):
            return None
        if _is_generator(module, caller) and not streams(module, maker, caller, used):
            return None
        if (
            found is None
            and not isinstance(module.parent(maker), ast.Assign)
            and not any(isinstance(module.loop_of(one), ast.While) for one in used.attributes)
            and talks_to_fixed_host(module, call, used)
            and not _remembers(module, maker, caller)
            and runs_many_times(module, caller)
        ):
            found = ClientSite(Frequency.PER_CALL, caller, 0, "")
    return found


_SHORT = 3


def _remembers(module: Module, call: ast.Call, function: FunctionNode) -> bool:
    """Whether a function leaves for what is kept, and keeps what it finds: it asks once, or now and then."""
    for test in function.body:
        if test.lineno >= call.lineno or not isinstance(test, ast.If) or not _returns_in(test):
            continue
        kept = {module.source(one) for part in ast.walk(test.test) for one in _looked_into(module, part)}
        for node in module.own_nodes(function):
            stored: ast.expr | None = None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "add":
                stored = node.func.value
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                stored = node.value
            if stored is not None and module.source(stored) in kept:
                return True
    return False


def _returns_in(test: ast.If) -> bool:
    """Whether the body of a test ends in a `return`, or in a further test whose body does."""
    last = test.body[-1]
    return isinstance(last, ast.Return) or (isinstance(last, ast.If) and isinstance(last.body[-1], ast.Return))


def _looked_into(module: Module, part: ast.AST) -> list[ast.expr]:
    """What a part of a test looks into: `x` of `key in x`; of `x[key]` and `x.get(key)` if others share it."""
    if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.In):
        return part.comparators
    found: list[ast.expr] = []
    if isinstance(part, ast.Subscript):
        found = [part.value]
    elif isinstance(part, ast.Name):
        calls = [binding.value for binding in module.bindings(part) if isinstance(binding.value, ast.Call)]
        found = [
            call.func.value for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "get"
        ]
    return [one for one in found if isinstance(one, ast.Attribute) or _is_of_module(module, one)]


def _is_of_module(module: Module, expression: ast.expr) -> bool:
    owner = module.owner_of(expression) if isinstance(expression, ast.Name) else None
    return owner is not None and owner.kind is ScopeKind.MODULE


_SERVERS_AT_HAND = frozenset({"app", "mcp", "mcp_app", "mcp_server", "server"})


def is_test_double(module: Module, call: ast.Call) -> bool:
    """Whether the client opens no connections of its own: a mock or in-process transport, a pool it is given."""
    for keyword in call.keywords:
        if keyword.arg in ("transport", "app", "mounts") and isinstance(keyword.value, ast.Call):
            name = (module.callee(keyword.value) or "").rpartition(".")[2]
            if name in ("MockTransport", "ASGITransport", "WSGITransport"):
                return True
        if keyword.arg in ("app", "connection_pool"):
            # Or a pool that others share.
            return True
    server = call.args[0] if call.args else None
    # Given a server of the same process, it talks to that in memory.
    return (
        isinstance(server, (ast.Attribute, ast.Name))
        and last_name(server).strip("_") in _SERVERS_AT_HAND
        and module.callee(call) == "fastmcp.Client"
    )


def _is_cached(module: Module, function: FunctionNode) -> bool:
    for decorator in function.decorator_list:
        target = uncalled(decorator)
        name = module.qualname(target) or ""
        if name in _CACHES or "cache" in name.rpartition(".")[2].lower():
            return True
    return False


def _is_generator(module: Module, function: FunctionNode) -> bool:
    """Whether the function yields: a dependency, fixture, lifespan or context manager hands its client out."""
    return module.is_generator(function)


def _is_one_of_several(module: Module, call: ast.Call, function: FunctionNode) -> bool:
    """Whether a client is made only for one value of what the function is given: `if kind == "web":`."""
    given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is function:
            return False
        if is_where_equal(ancestor, child, given):
            return True
        child = ancestor
    return False
