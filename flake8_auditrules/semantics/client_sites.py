"""Client sites: how often the place where a client is made runs, and whether one client could serve."""

from __future__ import annotations

import ast
import enum
import re
from collections.abc import Callable, Container, Iterator

from flake8_auditrules.knowledge import clients
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.handlers import is_handled_within
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions, uncalled
from flake8_auditrules.semantics.origins import has_fixed_host, is_fixed
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.row_checks import found_nothing
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode, ScopeKind
from flake8_auditrules.semantics.sharing import is_middleware
from flake8_auditrules.semantics.turn_hosts import Hosts, are_of_turn, hosts_given, hosts_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 3
# A client that asks less often finds no connection open any more: those that wait are closed meanwhile.
_LONGEST_PAUSE = 30
_MOST_POLLED_HOPS = 2
_SLEEPS = frozenset({"asyncio.sleep", "time.sleep", "anyio.sleep", "trio.sleep"})
# Processes and people, who take their time.
_WAITING = frozenset(
    {
        "builtins.input",
        "subprocess.call",
        "subprocess.check_call",
        "subprocess.check_output",
        "subprocess.run",
    }
)
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
_LIFECYCLE = frozenset(
    {
        "__init__",
        "__new__",
        "__post_init__",
        "__enter__",
        "__aenter__",
        "__call__",
        "__del__",
        "init",
        "initialize",
        "install",
        "uninstall",
        "setup",
        "start",
        "startup",
        "on_startup",
        "connect",
        "open",
        "close",
        "aclose",
        "stop",
        "shutdown",
        "teardown",
        "lifespan",
        "main",
        "run",
        "handle",
        "login",
        "logout",
        "revoke",
        "backup",
        "restore",
        "migrate",
    }
)
_ONCE = pattern(
    r"_*(?:log_?in|log_?out|sign_?in|sign_?out|revoke|backup)_"
    r"|_*(?:start|launch|boot|(?:un)?install|setup|set_up|init|initiali[sz]e|connect|reconnect|open|stop|close|shutdown|disconnect|warm_?up)_"
    r"|_*(?:refresh|renew)_(?:\w+_)?(?:token|credential|session)"
    r"|_*on_(?:\w+_)?(?:start|begin|init|end|stop|complete|close)_"
)
# What asks whether something can be reached has to reach it anew.
_PROBING = pattern(r"(?:^|_)(?:alive|connection|health(?:y|check)?|ping|probe|reachable|ready)(?:_|$)")
_RARE = pattern(
    r"expir|time|now\(|stale|outdated|_at\b|elapsed|\bold\b|fail|error|invalid|denied|unauthori", re.IGNORECASE
)
_ATTEMPTS = pattern(r"attempt|retr(?:y|ies)|\btries|_tries", re.IGNORECASE)
_LOOKING_UP = frozenset({"get", "aget", "lookup", "load"})
_PUTTING = frozenset({"set", "aset", "put", "setex", "store"})
_CACHES = frozenset({"functools.lru_cache", "functools.cache", "functools.cached_property"})
_OWN_LOOPS = frozenset(
    {
        "asyncio.run",
        "asyncio.AbstractEventLoop.run_until_complete",
        "asyncio.Runner.run",
        "anyio.run",
        "trio.run",
        "asgiref.sync.async_to_sync",
    }
)


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
    used = _uses(module, call)
    if used is None or not _is_asked(module, used):
        return None
    if function is not None and _is_generator(module, function) and not _streams(module, call, function, used):
        return None
    loop = module.loop_of(call)
    hosts = hosts_of(module, _requested_urls(module, call, used))
    if loop is not None and not _is_tried_again(module, call, loop):
        if _has_few_turns(module, loop) or not _serves_every_turn(module, call, loop):
            return None
        if _leaves_once_answered(module, used, loop) or are_of_turn(hosts, loop):
            return None
        return ClientSite(Frequency.IN_LOOP, function, _line(module, loop), "")
    if function is None or not _is_made_from_fixed(module, call) or _is_mounted(module, used):
        return None

    def has_one_host() -> bool:
        return _talks_to_fixed_host(module, call, used, given, has_base_url)

    looped = _looped_caller(module, function, has_one_host, hosts)
    if looped is not None and (
        _may_be_given(module, call, function)
        or _is_one_of_several(module, call, function)
        or _remembers(module, call, function)
        or any(module.loop_of(attribute) is not None for attribute in used.attributes)
    ):
        # Or it serves many requests of its own on each turn.
        return None
    if looped is not None:
        return ClientSite(Frequency.IN_LOOP, function, *looped) if looped is not _SELDOM else None
    if any(isinstance(module.loop_of(attribute), ast.While) for attribute in used.attributes):
        # It asks again and again, or page after page: the client is shared by all that one call does.
        return None
    if not has_one_host() or _remembers(module, call, function) or _may_be_given(module, call, function):
        return None
    if used.attributes and not used.passed and all(one.attr == "ws_connect" for one in used.attributes):
        # One connection that lives as long as the client.
        return None
    if runs_many_times(module, function) or (
        serves_requests is not None and _may_serve(module, function) and serves_requests(function)
    ):
        return ClientSite(Frequency.PER_CALL, function, 0, "")
    return None


def _may_serve(module: Module, function: FunctionNode) -> bool:
    """Whether a function of the module's top level, or a method, may be run by requests."""
    if not isinstance(function, _FUNCTIONS) or module.function_of(function) is not None:
        return False
    if function.name in _LIFECYCLE or _ONCE.match(f"{function.name}_"):
        return False
    if module.class_of(function) is None:
        # What keeps its answer in a name of the module asks now and then.
        return not any(isinstance(node, ast.Global) for node in module.own_nodes(function))
    receiver = module.instances.receiver_name(function)
    return receiver is None or (
        not _makes_object(module, function, receiver)
        and not _prepares_object(module, function)
        and not _keeps_answer(module, function, receiver)
    )


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
    if _takes_something(function) or len(function.body) > _SHORT or not _is_made_from_fixed(module, call):
        return None
    makers = module.keep("calls of own functions", _calls_of_own).get(module.definition(function), [])
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
        caller, used = module.function_of(maker), _uses(module, maker)
        if not isinstance(caller, _FUNCTIONS) or used is None or not _is_asked(module, used):
            return None
        if _is_generator(module, caller) and not _streams(module, maker, caller, used):
            return None
        if (
            found is None
            and not isinstance(module.parent(maker), ast.Assign)
            and not any(isinstance(module.loop_of(one), ast.While) for one in used.attributes)
            and _talks_to_fixed_host(module, call, used)
            and not _remembers(module, maker, caller)
            and runs_many_times(module, caller)
        ):
            found = ClientSite(Frequency.PER_CALL, caller, 0, "")
    return found


_SHORT = 3


def _streams(module: Module, call: ast.Call, function: FunctionNode, used: _Uses) -> bool:
    """Whether a generator only hands out what its client gives it, piece after piece, and never the client."""
    if used.passed or not isinstance(module.parent(call), ast.withitem) or function.decorator_list:
        return False
    if role_of(module, function) is not None:
        return False
    yields = [node for node in module.own_nodes(function) if isinstance(node, (ast.Yield, ast.YieldFrom))]
    return all(isinstance(module.loop_of(node), (ast.For, ast.AsyncFor)) for node in yields)


def _may_be_given(module: Module, call: ast.Call, function: FunctionNode) -> bool:
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


def _leaves_once_answered(module: Module, used: _Uses, loop: ast.AST) -> bool:
    """Whether a loop ends once the client that each turn makes has answered: it waits for a server to come up."""
    if not isinstance(loop, ast.While):
        return False
    told = {one.value.id for one in used.attributes if isinstance(one.value, ast.Name)}
    for statement in ast.walk(loop):
        if isinstance(statement, ast.Assign) and told.intersection(_names_in([statement.value])):
            told |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return any(
        isinstance(test, ast.If)
        and told.intersection(_names_in([test.test]))
        and any(isinstance(one, (ast.Break, ast.Return)) for one in test.body)
        for test in ast.walk(loop)
    )


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


def _is_where_equal(statement: ast.AST, child: ast.AST, names: Container[str]) -> bool:
    """Whether a statement is run only where one of the names is a certain value: `if name == "first":`."""
    return (
        isinstance(statement, ast.If)
        and child in statement.body
        and isinstance(statement.test, ast.Compare)
        and isinstance(statement.test.ops[0], ast.Eq)
        and isinstance(statement.test.left, ast.Name)
        and statement.test.left.id in names
        and isinstance(statement.test.comparators[0], ast.Constant)
    )


def _is_for_one_item(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """Whether a loop makes a call only for one of its items: `if name == "first":`."""
    target = getattr(loop, "target", None)
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is loop or not isinstance(target, ast.Name):
            return False
        if _is_where_equal(ancestor, child, {target.id}):
            return True
        child = ancestor
    return False


def _has_few_turns(module: Module, loop: ast.AST) -> bool:
    """Whether a loop goes over what is written out in it, and that is little: sharing would bring little."""
    items = getattr(loop, "iter", None)
    if isinstance(items, ast.Call) and isinstance(items.func, ast.Attribute) and items.func.attr == "items":
        table = items.func.value
        bindings = module.bindings(table) if isinstance(table, ast.Name) else []
        written = bindings[0].value if len(bindings) == 1 else None
        return isinstance(written, ast.Dict) and len(written.keys) <= _FEW_HOSTS
    return isinstance(items, (ast.Tuple, ast.List)) and len(items.elts) <= _FEW_TURNS


_FEW_TURNS = 3
_FEW_HOSTS = 5


def _is_tried_again(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """Whether a loop only tries the same request again: each call of its function makes a client then."""
    if not isinstance(loop, (ast.For, ast.AsyncFor)) or module.loop_of(loop) is not None:
        return False
    return _ATTEMPTS.search(module.source(loop.target)) is not None and isinstance(
        module.parent(call), ast.withitem
    )


def _line(module: Module, loop: ast.AST) -> int:
    if isinstance(loop, ast.comprehension):
        return loop.target.lineno
    line: int = getattr(loop, "lineno", 0)
    return line


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


def _is_made_from_fixed(module: Module, call: ast.Call) -> bool:
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


class _Uses(NamedTuple):
    """The attribute accesses through which a client is used, and whether it is also passed to calls."""

    attributes: tuple[ast.Attribute, ...]
    passed: bool


def _is_asked(module: Module, used: _Uses) -> bool:
    """Whether a client is asked something: one whose settings are only compared opens no connection."""
    return used.passed or any(
        not isinstance(module.parent(attribute), (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.If))
        for attribute in used.attributes
    )


def _is_mounted(module: Module, used: _Uses) -> bool:
    """Whether a session is given an adapter that is made from what the call gives."""
    for attribute in used.attributes:
        mount = module.parent(attribute)
        if attribute.attr == "mount" and isinstance(mount, ast.Call):
            if not all(is_fixed(module, argument) for argument in mount.args):
                return True
    return False


def _uses(module: Module, call: ast.Call) -> _Uses | None:
    """How the client that `call` makes is used in the same function; None where it outlives its use there."""
    parent = module.parent(call)
    if isinstance(parent, ast.Await):
        return None
    if isinstance(parent, ast.Attribute):
        return _Uses((parent,), False)
    if isinstance(parent, ast.withitem):
        target = parent.optional_vars
        if target is None:
            return None
        return _uses_of(module, target, module.parent(parent))
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1:
        return _uses_of(module, parent.targets[0])
    return None


def _uses_of(module: Module, target: ast.expr, block: ast.AST | None = None) -> _Uses | None:
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
    return _Uses(tuple(attributes), passed)


def _is_for_one_request(module: Module, call: ast.Call, function: ast.AST | None) -> bool:
    """Whether a handler of requests makes an object that only it uses: what that keeps ends with the request."""
    parent = module.parent(call)
    if not isinstance(function, _FUNCTIONS) or role_of(module, function) is not Role.ROUTE:
        return False
    if not isinstance(parent, ast.Assign) or not isinstance(parent.targets[0], ast.Name):
        return isinstance(parent, ast.Return)
    for name in _loads(module, parent.targets[0].id, function):
        used = module.parent(name)
        if not isinstance(used, ast.Attribute) or not _is_called(module, used):
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


def _serves_every_turn(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """
    Whether one client made before the loop could serve all its turns.

    Not where the client is made from what the loop binds, where the turn can end the loop once the client has
    done its work (a retry, a search for the first that answers), or where the client itself is used in a
    loop (a reconnect).
    """
    turn = _names_bound_in(module, loop)
    for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
        for node in ast.walk(argument):
            if isinstance(node, ast.Name) and node.id in turn:
                return False
    if isinstance(loop, ast.comprehension):
        return True
    if _counts_attempts(module, loop) or _is_first_in(module, call, loop) or is_handled_within(module, call, loop):
        return False
    statement = module.statement(call)
    body = statement.body if isinstance(statement, (ast.With, ast.AsyncWith)) else []
    entered = {
        item.optional_vars.id
        for item in getattr(statement, "items", [])
        if isinstance(item.optional_vars, ast.Name)
    }
    for inner in body:
        for node in ast.walk(inner):
            if isinstance(node, (ast.For, ast.AsyncFor, ast.While, ast.Return, ast.Break)):
                return False
            if isinstance(node, (ast.ListComp, ast.GeneratorExp)) and mentions(node.elt, entered):
                return False
    if _listens(module, statement):
        return False
    return not _leaves_at_once(module, statement, loop) and not _waits_before(module, statement, loop)


def _listens(module: Module, statement: ast.stmt) -> bool:
    """Whether the block that makes a client goes on with a loop over what that gives: a turn is a reconnect."""
    block = getattr(module.parent(statement), "body", None)
    if not isinstance(statement, ast.Assign) or not isinstance(block, list) or statement not in block:
        return False
    told = _names_in(statement.targets)
    for following in block[block.index(statement) + 1 :]:
        if isinstance(following, ast.Assign) and told.intersection(_names_in([following.value])):
            told |= _names_in(following.targets)
        elif isinstance(following, (ast.For, ast.AsyncFor)) and told.intersection(_names_in([following.iter])):
            return True
    return False


def _waits_before(module: Module, statement: ast.stmt, loop: ast.AST) -> bool:
    """Whether a turn waits for a process or a person before it makes its client: connections have closed."""
    body = getattr(loop, "body", None)
    if not isinstance(body, list):
        return False
    return any(
        isinstance(node, ast.Call)
        and (module.callee(node) in _WAITING or (last_name(node) in ("communicate", "wait") and not node.args))
        for before in body
        if before.lineno < statement.lineno and statement not in ast.walk(before)
        for node in ast.walk(before)
    )


def _names_bound_in(module: Module, loop: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _leaves_at_once(module: Module, statement: ast.stmt, loop: ast.AST) -> bool:
    """Whether the turn that makes the client leaves the loop unconditionally when nothing fails."""
    if isinstance(loop, ast.comprehension):
        # What follows its statement comes after all turns.
        return False
    inner: list[ast.stmt] = []
    current: ast.AST | None = statement
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        inner.extend(statement.body)
    while current is not None and current is not loop:
        parent = module.parent(current)
        if isinstance(current, ast.If):
            # What follows it is for turns without the client as well.
            break
        for field in ("body", "orelse"):
            block = getattr(parent, field, None)
            if isinstance(block, list) and current in block:
                inner.extend(block[block.index(current) + 1 :])
                if isinstance(parent, ast.Try) and field == "body":
                    inner.extend(parent.orelse)
        current = parent
    pending = list(inner)
    while pending:
        one = pending.pop()
        if isinstance(one, (ast.Return, ast.Break)):
            return True
        if isinstance(one, (ast.With, ast.AsyncWith)):
            pending.extend(one.body)
        elif isinstance(one, ast.Try):
            pending.extend([*one.body, *one.orelse])
    return False


# A loop that comes to a function on some of its turns only, one for each or after a long wait.
_SELDOM = (0, "")


def _looped_caller(
    module: Module, function: FunctionNode, is_for_one_host: Callable[[], bool], hosts: Hosts
) -> tuple[int, str] | None:
    """
    The line of a loop of this module that runs the function within three calls, and what it calls.

    _SELDOM where no loop does but one on some of its turns, or each turn for another host.
    What goes once over several hosts as something begins gains nothing from a client that they share.
    """
    callers: dict[str, list[ast.Call]] = module.keep("calls of own functions", _calls_of_own)
    found: tuple[int, str] | None = None
    names = [(module.definition(function), 0, "", hosts)]
    seen = {names[0][0]}
    while names:
        name, hops, chosen_by, hosts = names.pop(0)
        for call in callers.get(name, ()):
            if _runs_in_own_loop(module, call) or _is_never_run(module, call, function):
                # No client can be shared by two event loops.
                continue
            loop: ast.AST | None = module.loop_of(call)
            if loop is not None and (
                _is_chosen_by_turn(module, call, loop, chosen_by) or _is_seldom(module, call, loop)
            ):
                found = _SELDOM
                continue
            if isinstance(loop, ast.While) and hops < _MOST_POLLED_HOPS and _polls(module, call, loop):
                if not module.is_test and is_for_one_host():
                    return _line(module, loop), name.rpartition(".")[2]
                continue
            if loop is not None and (
                is_handled_within(module, call, loop)
                or _is_for_one_item(module, call, loop)
                or (not isinstance(loop, ast.comprehension) and isinstance(module.statement(call), ast.Return))
            ):
                # Or the loop ends with it.
                continue
            caller = module.function_of(call)
            if loop is not None and isinstance(caller, _FUNCTIONS) and _ONCE.match(f"{caller.name}_"):
                if not is_for_one_host():
                    continue
            if loop is not None and not _waits_for_ever(loop) and _is_retry(module, call, loop):
                loop = _loop_around(module, loop)
            asked = hosts_given(module, hosts, call)
            if loop is not None and are_of_turn(asked, loop):
                found = _SELDOM
                continue
            if loop is not None and not _waits_for_ever(loop):
                return _line(module, loop), name.rpartition(".")[2]
            if isinstance(caller, _FUNCTIONS) and _is_sometimes(module, call):
                continue
            if isinstance(caller, _FUNCTIONS) and hops + 1 < _MAXIMUM_HOPS:
                above = module.definition(caller)
                if above not in seen:
                    seen.add(above)
                    names.append((above, hops + 1, _choosing(module, call, caller), asked))
    return found


def _choosing(module: Module, call: ast.Call, function: FunctionNode) -> str:
    """The parameter of a function that has to be a certain value for a call: `if kind == "mail":`; "" for none."""
    given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is function:
            break
        if isinstance(ancestor, ast.If) and _is_where_equal(ancestor, child, given):
            assert isinstance(ancestor.test, ast.Compare) and isinstance(ancestor.test.left, ast.Name)
            return ancestor.test.left.id
        child = ancestor
    return ""


def _is_chosen_by_turn(module: Module, call: ast.Call, loop: ast.AST, chosen_by: str) -> bool:
    """Whether what a turn gives a function decides that it makes the client: the other turns make none."""
    function = module.called_function(call) if chosen_by else None
    if not isinstance(function, _FUNCTIONS):
        return False
    names = [argument.arg for argument in function.args.args]
    if module.class_of(function) is not None:
        names = names[1:]
    position = names.index(chosen_by) if chosen_by in names else None
    given = module.argument(call, chosen_by, position)
    turn = _names_bound_in(module, loop)
    return given is not None and any(isinstance(one, ast.Name) and one.id in turn for one in ast.walk(given))


def _is_seldom(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """Whether only some turns make a call, and the loop that has them waits long, or nobody knows how long."""
    around = module.loop_of(loop) if isinstance(loop, ast.For) else None
    if not isinstance(around, ast.While):
        return False
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is loop:
            return False
        if isinstance(ancestor, ast.If) and child is not ancestor.test:
            break
        child = ancestor
    pauses = [pause for node in ast.walk(around) if isinstance(node, ast.Call) for pause in _pauses(module, node)]
    return bool(pauses) and not all(0 < pause <= _LONGEST_PAUSE for pause in pauses)


def _polls(module: Module, call: ast.Call, loop: ast.While) -> bool:
    """
    Whether a loop without an end makes a call on each of its turns, with pauses that are known and short.

    The pause may be a wait for the signal to stop, whose timeout is what lets the next turn begin.
    """
    if isinstance(loop.test, ast.Compare) or _counts_attempts(module, loop):
        return False
    statement = module.statement(call)
    if not isinstance(statement, ast.Expr) or _is_under_test(module, statement, loop):
        return False
    pauses = [pause for node in ast.walk(loop) if isinstance(node, ast.Call) for pause in _pauses(module, node)]
    return bool(pauses) and all(0 < pause <= _LONGEST_PAUSE for pause in pauses)


def _is_under_test(module: Module, statement: ast.stmt, loop: ast.While) -> bool:
    """Whether only some turns of a loop run a statement: after a test, or for a failure that is no timeout."""
    for ancestor in module.ancestors(statement):
        if ancestor is loop:
            return False
        if isinstance(ancestor, ast.ExceptHandler):
            if last_name(ancestor.type) != "TimeoutError":
                return True
        elif not isinstance(ancestor, (ast.Try, ast.With, ast.AsyncWith)):
            return True
    return True


def _pauses(module: Module, call: ast.Call) -> Iterator[float]:
    """How long a call pauses, in seconds: 0 where it pauses for a time that is not known."""
    pause: ast.expr | None = None
    callee = module.callee(call)
    if callee in _SLEEPS:
        pause = call.args[0] if call.args else None
    elif callee == "asyncio.wait_for":
        waited = call.args[0] if call.args else None
        if last_name(waited) != "wait":
            return
        pause = module.argument(call, "timeout", 1)
    elif callee == "threading.Event.wait":
        pause = module.argument(call, "timeout", 0)
    else:
        return
    yield _seconds(module, pause) if pause is not None else 0


def _seconds(module: Module, expression: ast.expr) -> float:
    literal = module.literal(expression)
    return float(literal) if isinstance(literal, (int, float)) else 0


def _is_sometimes(module: Module, call: ast.Call) -> bool:
    """
    Whether a function makes a call only now and then.

    A test of time or a failure lets it: a token has run out, a cache is old. Or there is nothing yet of what the
    same branch stores.
    """
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if isinstance(ancestor, ast.ExceptHandler):
            return True
        if isinstance(ancestor, ast.If) and child is not ancestor.test:
            if _RARE.search(module.source(ancestor.test)) or _makes_missing(module, ancestor, child):
                return True
        child = ancestor
    return False


def _is_first_in(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """Whether only the first turn of a loop that comes to a call makes it: there was nothing of what it stores."""
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is loop:
            return False
        if isinstance(ancestor, ast.If) and _makes_missing(module, ancestor, child):
            missing = _missing(ancestor)
            stores = [
                part for part in ast.walk(loop) if missing is not None and _stores_same(module, part, missing)
            ]
            return all(ancestor in module.ancestors(store) for store in stores)
        child = ancestor
    return False


def _makes_missing(module: Module, branch: ast.If, child: ast.AST) -> bool:
    """Whether a branch is there for `x is None` or `not x`, and stores `x`: it is entered once."""
    missing = _missing(branch)
    if missing is None or child not in branch.body:
        return False
    return any(_stores_same(module, part, missing) for statement in branch.body for part in ast.walk(statement))


def _missing(branch: ast.If) -> ast.Name | ast.Attribute | None:
    """What a branch tests for being missing: the `x` of `x is None` or `not x`."""
    test = branch.test
    tested: ast.expr | None = None
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        tested = test.operand
    elif isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is):
        tested = test.left
    return tested if isinstance(tested, (ast.Name, ast.Attribute)) else None


def _stores_same(module: Module, part: ast.AST, expression: ast.Name | ast.Attribute) -> bool:
    return (
        isinstance(part, (ast.Name, ast.Attribute))
        and isinstance(part.ctx, ast.Store)
        and module.source(part) == module.source(expression)
    )


def _counts_attempts(module: Module, loop: ast.AST) -> bool:
    """Whether a loop's head says that its turns are attempts at the same thing."""
    if isinstance(loop, (ast.For, ast.AsyncFor)):
        return _ATTEMPTS.search(f"{module.source(loop.target)} {module.source(loop.iter)}") is not None
    return isinstance(loop, ast.While) and _ATTEMPTS.search(module.source(loop.test)) is not None


def _is_one_of_several(module: Module, call: ast.Call, function: FunctionNode) -> bool:
    """Whether a client is made only for one value of what the function is given: `if kind == "web":`."""
    given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is function:
            return False
        if _is_where_equal(ancestor, child, given):
            return True
        child = ancestor
    return False


def _calls_of_own(module: Module) -> dict[str, list[ast.Call]]:
    """All calls of functions and methods of this module, by the function's dotted name."""
    found: dict[str, list[ast.Call]] = {}
    own = {node.name for node in module.nodes(ast.FunctionDef)}
    own.update(node.name for node in module.nodes(ast.AsyncFunctionDef))
    for call in module.nodes(ast.Call):
        last = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
        if last in own:
            callee = module.callee(call)
            if callee is not None:
                found.setdefault(callee, []).append(call)
    return found


def _waits_for_ever(loop: ast.AST) -> bool:
    return isinstance(loop, ast.While)


def _is_never_run(module: Module, call: ast.Call, function: FunctionNode) -> bool:
    """Whether a call only makes a coroutine that nobody awaits."""
    return (
        isinstance(module.parent(call), ast.Expr)
        and isinstance(function, ast.AsyncFunctionDef)
        and last_name(call) == function.name
    )


def _runs_in_own_loop(module: Module, call: ast.Call) -> bool:
    """Whether a coroutine is made for an event loop of its own: `asyncio.run(fetch(url))`."""
    runner = module.parent(call)
    return isinstance(runner, ast.Call) and call in runner.args and module.callee(runner) in _OWN_LOOPS


def _is_retry(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    statement = module.statement(call)
    if isinstance(statement, ast.If) and isinstance(statement.body[-1], (ast.Return, ast.Break)):
        # The first that answers ends the search.
        return True
    if _counts_attempts(module, loop) or _leaves_at_once(module, module.statement(call), loop):
        return True
    return not isinstance(loop, ast.comprehension) and _ends_a_search(module, statement)


def _loop_around(module: Module, attempts: ast.AST) -> ast.AST | None:
    """The loop that runs a loop of attempts again on each of its turns."""
    outer = module.loop_of(attempts)
    if outer is None or not isinstance(attempts, ast.stmt):
        return None
    return None if _counts_attempts(module, outer) or _leaves_at_once(module, attempts, outer) else outer


def _ends_a_search(module: Module, statement: ast.stmt) -> bool:
    """
    Whether what follows an assignment asks if something was found, and leaves the loop with it.

    It follows in the same block, or behind the `if` of which the assignment is one branch.
    """
    if not isinstance(statement, ast.Assign):
        return False
    found = _names_in(statement.targets)
    for following in _following(module, statement):
        if isinstance(following, ast.Assign) and not found.isdisjoint(_names_in([following.value])):
            found |= _names_in(following.targets)
        elif isinstance(following, ast.If) and isinstance(following.test, ast.Name) and following.test.id in found:
            return isinstance(following.body[-1], (ast.Return, ast.Break))
    return False


def _following(module: Module, statement: ast.stmt) -> Iterator[ast.stmt]:
    """What follows a statement in its block, and in the blocks of the `if`s of which that is a branch."""
    current: ast.AST = statement
    parent = module.parent(current)
    while parent is not None:
        for field in ("body", "orelse"):
            block = getattr(parent, field, None)
            if isinstance(block, list) and current in block:
                yield from block[block.index(current) + 1 :]
        if not isinstance(parent, ast.If):
            return
        current, parent = parent, module.parent(parent)


def _names_in(expressions: list[ast.expr]) -> set[str]:
    return {node.id for one in expressions for node in ast.walk(one) if isinstance(node, ast.Name)}


def runs_many_times(module: Module, function: FunctionNode) -> bool:
    """Whether the function is an entry that each request, task or message runs, or a service's method."""
    if role_of(module, function) is not None or _is_repeated(module, function) or is_middleware(module, function):
        return True
    around = module.function_of(function)
    if isinstance(around, _FUNCTIONS) and (
        role_of(module, around) is not None
        or (_is_only_passed(module, function) and runs_many_times(module, around))
    ):
        # Each request, or each call of a service's method, makes the function anew, and runs it.
        return True
    holder = module.class_of(function)
    if holder is None or function.name in _LIFECYCLE or _ONCE.match(f"{function.name}_"):
        # What starts, connects or ends an object is called once or twice in its life.
        return False
    if function.name in ("check", "is_up") or _PROBING.search(function.name):
        return False
    receiver = module.instances.receiver_name(function)
    if receiver is None or _makes_object(module, function, receiver) or _prepares_object(module, function):
        return False
    if not _takes_something(function) or _keeps_answer(module, function, receiver):
        return False
    return (
        _keeps_settings(module, holder)
        or _reads_settings(module, holder, function, receiver)
        or _reads_inherited(module, holder, function, receiver)
    )


def _is_only_passed(module: Module, function: FunctionNode) -> bool:
    """Whether a function that takes nothing is handed to calls and nothing else: `await retried(fetch)`."""
    if not isinstance(function, _FUNCTIONS) or function.decorator_list or function.args.args:
        return False
    uses = list(loads(module, function.name))
    return bool(uses) and all(
        isinstance(module.parent(use), (ast.Call, ast.keyword)) and not _is_called(module, use) for use in uses
    )


def _is_repeated(module: Module, function: FunctionNode) -> bool:
    """Whether a decorator registers a function with a queue, or as a tool of a model: `@broker.task`."""
    for decorator in function.decorator_list:
        method = uncalled(decorator)
        libraries = clients.REPEATING.get(method.attr, ()) if isinstance(method, ast.Attribute) else ()
        if libraries and isinstance(method, ast.Attribute):
            holder = module.instance_of(method.value) or ""
            if holder.partition(".")[0] in libraries or module.imports(*libraries):
                return True
            if last_name(method.value).lower().endswith("broker"):
                # The module that makes it hides its class behind a chain of calls.
                return True
    return False


def _takes_something(function: FunctionNode) -> bool:
    """Whether a method takes more than its object, a function more than one value."""
    arguments = function.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return len(given) > 1 or arguments.vararg is not None or arguments.kwarg is not None


def _makes_object(module: Module, function: FunctionNode, receiver: str) -> bool:
    """Whether a class method is another constructor, `return cls(...)`: what it makes is kept by the object."""
    if not any(isinstance(one, ast.Name) and one.id == "classmethod" for one in function.decorator_list):
        return False
    return any(
        isinstance(node, ast.Return)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == receiver
        for node in module.own_nodes(function)
    )


def _prepares_object(module: Module, function: FunctionNode) -> bool:
    """Whether the module calls a method where its object is made and nowhere else: it runs once for each."""
    callers = module.keep("calls of own functions", _calls_of_own).get(module.definition(function), ())
    holder = module.class_of(function)
    return bool(callers) and all(
        isinstance(caller := module.function_of(call), _FUNCTIONS)
        and caller.name in ("__init__", "__post_init__")
        and module.class_of(caller) is holder
        for call in callers
    )


def keeps_answer(module: Module, function: FunctionNode) -> bool:
    """Whether a method keeps on its object what it asks for, so that it asks now and then."""
    receiver = module.instances.receiver_name(function) if module.class_of(function) is not None else None
    return receiver is not None and _keeps_answer(module, function, receiver)


def _keeps_answer(module: Module, function: FunctionNode, receiver: str) -> bool:
    """
    Whether the method stores something on the object: what it fetched serves the next calls (a cache).

    Or it puts it into what it has looked in before, `self._cache.get(key)` and `self._cache.set(key, answer)`.
    What it stores before it makes its client is no answer.
    """
    read: set[str] = set()
    made = [
        node.lineno
        for node in module.own_nodes(function)
        if isinstance(node, ast.Call) and module.called(node, clients.CLIENTS) is not None
    ]
    begun = min(made, default=0)
    for node in module.own_nodes(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            kept = node.func.value
            if isinstance(kept, ast.Attribute) and isinstance(kept.value, ast.Name) and kept.value.id == receiver:
                if node.func.attr in _LOOKING_UP:
                    read.add(kept.attr)
                elif node.func.attr in _PUTTING and kept.attr in read:
                    return True
            continue
        target = node.value if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) else node
        if (
            isinstance(target, ast.Attribute)
            and isinstance(target.value, ast.Name)
            and target.value.id == receiver
        ):
            is_stored = target is not node or isinstance(target.ctx, ast.Store)
            if is_stored and target.lineno >= begun and not _is_note(module, target):
                return True
    return False


def _is_note(module: Module, target: ast.Attribute) -> bool:
    """Whether an attribute is only told how it went, `self._failed = True`, `self._sent += 1`: no answer."""
    statement = module.statement(target)
    if isinstance(statement, ast.Assign) and module.parent(target) is not statement:
        # An element may be what was not found: `self._known[name] = None`.
        return False
    return isinstance(statement, (ast.Assign, ast.AugAssign)) and isinstance(statement.value, ast.Constant)


def _keeps_settings(module: Module, holder: ast.ClassDef) -> bool:
    """Whether a constructor of the class or its bases stores something on the object that its methods share."""
    line = module.instances.ancestry(module.definition(holder))
    return any(
        method is not None and method.name in ("__init__", "__post_init__")
        for owner in map(module.instances.local_class, line)
        if owner is not None
        for bindings in module.members(owner).attributes.values()
        for _, method in bindings
    )


def _reads_settings(module: Module, holder: ast.ClassDef, function: FunctionNode, receiver: str) -> bool:
    """
    Whether a method reads what the object is made with or what another method has stored on it.

    The first are annotated names of the class's body, as data classes and models have them.
    """
    line = module.instances.ancestry(module.definition(holder))
    owners = [owner for owner in map(module.instances.local_class, line) if owner is not None]
    stored = {
        name
        for owner in owners
        for name, bindings in module.members(owner).attributes.items()
        if any(method is not None and method is not function for _, method in bindings)
    }
    stored.update(
        one.target.id
        for owner in owners
        for one in owner.body
        if isinstance(one, ast.AnnAssign)
        and isinstance(one.target, ast.Name)
        and "ClassVar" not in module.source(one.annotation)
    )
    return bool(stored) and any(
        isinstance(node, ast.Attribute)
        and node.attr in stored
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.value, ast.Name)
        and node.value.id == receiver
        for node in module.own_nodes(function)
    )


def _reads_inherited(module: Module, holder: ast.ClassDef, function: FunctionNode, receiver: str) -> bool:
    """Whether a method reads something of the object that only a base class of another module can have stored."""
    line = module.instances.ancestry(module.definition(holder))
    owners = [owner for owner in map(module.instances.local_class, line) if owner is not None]
    if not any(base for owner in owners for base in owner.bases if _is_of_elsewhere(module, base)):
        return False
    own = {
        name for owner in owners for name in (*module.members(owner).methods, *module.members(owner).attributes)
    }
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.value, ast.Name)
        and node.value.id == receiver
        and node.attr not in own
        and not _is_called(module, node)
        for node in module.own_nodes(function)
    )


def _is_of_elsewhere(module: Module, base: ast.expr) -> bool:
    name = module.qualname(base)
    return name is not None and module.instances.local_class(name) is None


def _is_called(module: Module, expression: ast.expr) -> bool:
    parent = module.parent(expression)
    return isinstance(parent, ast.Call) and parent.func is expression


def _talks_to_fixed_host(
    module: Module, call: ast.Call, used: _Uses, given: str = "", has_base_url: bool = False
) -> bool:
    """Whether the client talks to a host that is the same for every call, all of which one event loop runs."""
    callee = given or module.called(call, clients.CLIENTS)
    if callee is not None and clients.CLIENTS[callee].is_async and _may_run_in_own_loop(module, call):
        return False
    if has_base_url or callee not in clients.HTTP_CLIENTS or module.argument(call, "base_url") is not None:
        return True
    urls = [url for attribute in used.attributes for url in [_requested_url(module, attribute)] if url is not None]
    return bool(urls) and all(has_fixed_host(module, url) for url in urls)


def _may_run_in_own_loop(module: Module, call: ast.Call) -> bool:
    """Whether code of this module runs the function around a call in a new event loop, itself or by others."""
    run = module.keep("run in own loops", _run_in_own_loops)
    return run is None or any(getattr(one, "name", "") in run for one in module.ancestors(call))


def _run_in_own_loops(module: Module) -> frozenset[str] | None:
    """
    The last names of what the module runs in new event loops, and of what that calls; None where it runs anything.

    Coroutines of two event loops cannot share an async client.
    """
    pending: list[str] = []
    for call in module.calls_named("run", "run_until_complete", "async_to_sync"):
        if module.called(call, _OWN_LOOPS) is None:
            continue
        run = call.args[0] if call.args else None
        if isinstance(run, ast.Call):
            pending.append(last_name(run.func))
        elif isinstance(run, ast.Attribute):
            pending.append(run.attr)
        elif isinstance(run, ast.Name) and any(
            binding.kind in (BindingKind.FUNCTION, BindingKind.IMPORT) for binding in module.bindings(run)
        ):
            pending.append(run.id)
        else:
            return None
    if not pending:
        return frozenset()
    by_name: dict[str, list[FunctionNode]] = {}
    for one in (*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)):
        if isinstance(one, _FUNCTIONS):
            by_name.setdefault(one.name, []).append(one)
    found: set[str] = set()
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        for function in by_name.get(name, ()):
            # What it hands on counts as what it calls.
            pending.extend(
                last_name(node)
                for node in ast.walk(function)
                if isinstance(node, (ast.Name, ast.Attribute)) and last_name(node) in by_name
            )
    return frozenset(found)


def _requested_urls(module: Module, call: ast.Call, used: _Uses) -> list[ast.expr]:
    """The URLs that a client is asked for in its function; none where it has a host, or others ask it too."""
    if used.passed or module.argument(call, "base_url") is not None:
        return []
    return [url for attribute in used.attributes for url in [_requested_url(module, attribute)] if url is not None]


def _requested_url(module: Module, attribute: ast.Attribute) -> ast.expr | None:
    call = module.parent(attribute)
    if attribute.attr not in _REQUESTS or not isinstance(call, ast.Call) or call.func is not attribute:
        return None
    return module.argument(call, "url", _URL_POSITIONS.get(attribute.attr, 0))
