"""Fan-out: requests whose number is that of an input."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from flake8_auditrules.knowledge import clients
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.origins import Origin, origins
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.secret_names import words

_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "request"})
_SAFE_METHODS = frozenset({"get", "head"})
# Functions that are named so only ask, whatever method their requests have.
_ASKING_NAME = pattern(
    r"_*(?:get|fetch|load|read|describe|search|query|embed|resolve|look_?up|probe|check|download|scrape)(?:_\w+)?"
)
_OF_ONE_MESSAGE = frozenset({"attachments", "content", "images", "parts"})
# Other machines and services, by the last word of what holds them: somebody has written down each of them.
_CONFIGURED = frozenset(
    {
        "backends", "endpoints", "hubs", "mirrors", "nodes", "peers", "ports", "providers", "proxies",
        "relays", "replicas", "seeds", "servers", "specs", "upstreams", "webhooks",
    }
)  # fmt: skip
_LIMITING_WORDS = ("sem", "limit", "lock", "throttle", "slot", "concurren", "batch", "chunk", "page")
_MAXIMUM_HOPS = 2


Defined = Callable[[Module, ast.Call], "tuple[Module, FunctionNode] | None"]
"""Finds the function that a call of a module calls, and the module that defines it."""


def gathered(module: Module, call: ast.Call) -> str | None:
    """The text of the input for each item of which a call of `gather` starts a request at once; None for none."""
    return _gathered(module, call) if module.callee(call) == "asyncio.gather" else None


def is_over_input(module: Module, loop: ast.For) -> bool:
    """Whether a loop goes over a list that comes from a caller or from something that was awaited, uncut."""
    return _is_of_any_size(module, loop.iter)


def awaited_calls(module: Module, loop: ast.For) -> Iterator[ast.Call]:
    """The calls that each turn of a loop awaits itself, in no inner loop."""
    for node in ast.walk(loop):
        if isinstance(node, ast.Await) and isinstance(node.value, ast.Call) and module.loop_of(node) is loop:
            yield node.value


def one_by_one(module: Module, loop: ast.For, call: ast.Call, defined: Defined) -> str | None:
    """
    The text of the input for each item of which a loop awaits a request, whatever came before; None for none.

    The loop is one of those of which `is_over_input` is true.

    The request may stand in the function that is called, or in one that this one calls.
    """
    if not _mentions_item(loop, call) or not _turns_are_independent(module, loop):
        return None
    return module.text(loop.iter, 40) if _is_asking(module, call, defined) else None


def one_by_one_in(module: Module, made: ast.ListComp, defined: Defined) -> tuple[ast.Call, str] | None:
    """The request that a list, `[await fetch(name) for name in names]`, awaits for each item of an input."""
    if (
        len(made.generators) != 1
        or not isinstance(made.elt, ast.Await)
        or not isinstance(made.elt.value, ast.Call)
    ):
        return None
    turn, call = made.generators[0], made.elt.value
    items = {node.id for node in ast.walk(turn.target) if isinstance(node, ast.Name)}
    if turn.is_async or not any(
        mentions(given, items) for given in (*call.args, *(keyword.value for keyword in call.keywords))
    ):
        return None
    if not _is_of_any_size(module, turn.iter) or not _is_asking(module, call, defined):
        return None
    return call, module.text(turn.iter, 40)


def _is_asking(module: Module, call: ast.Call, defined: Defined) -> bool:
    """Whether an awaited call is a request that only asks, or calls a function that makes one."""
    if is_request(module, call):
        return isinstance(call.func, ast.Attribute) and call.func.attr in _SAFE_METHODS
    # What nobody wants the answer of is done for its effect, perhaps in this order.
    wants_answer = not isinstance(module.parent(module.parent(call) or call), ast.Expr)
    return (
        wants_answer
        and not _reads_as_limit(module, call)
        and _asks(module, call, defined, is_named_so=False, hops=0)
    )


def _asks(module: Module, call: ast.Call, defined: Defined, *, is_named_so: bool, hops: int) -> bool:
    """Whether a function that a call calls asks for something by a request each time, with no limit on the way."""
    found = defined(module, call) if hops <= _MAXIMUM_HOPS else None
    if found is None:
        return False
    home, function = found
    if not isinstance(function, ast.AsyncFunctionDef) or _limits_itself(home, function) or home.is_test:
        return False
    if hops == 0:
        is_named_so = _ASKING_NAME.fullmatch(function.name) is not None
    awaited = [
        node
        for node in home.own_nodes(function)
        if isinstance(node, ast.Call) and isinstance(home.parent(node), ast.Await)
    ]
    awaited = [one for one in awaited if not _is_spared(home, function, one)]
    methods = {last_name(one) for one in awaited if is_request(home, one)}
    if methods:
        return (is_named_so or methods <= _SAFE_METHODS) and not _is_limited_client(home)
    return any(_asks(home, one, defined, is_named_so=is_named_so, hops=hops + 1) for one in awaited)


def _is_spared(module: Module, function: FunctionNode, call: ast.Call) -> bool:
    """Whether a function may leave before a call with something that it has already: what was asked for before."""
    return any(
        isinstance(node, ast.Return) and node.lineno < call.lineno and not _is_empty(node.value)
        for node in module.own_nodes(function)
    )


def _is_empty(value: ast.expr | None) -> bool:
    return value is None or not any(
        isinstance(part, (ast.Name, ast.Attribute, ast.Call)) for part in ast.walk(value)
    )


def _mentions_item(loop: ast.For, call: ast.Call) -> bool:
    """Whether a call is given the item of the turn, or something that the turn makes of it."""
    made = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
    for node in ast.walk(loop):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and node.lineno < call.lineno:
            if mentions(node.value, made):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                made.update(name.id for one in targets for name in ast.walk(one) if isinstance(name, ast.Name))
    return any(mentions(given, made) for given in (*call.args, *(keyword.value for keyword in call.keywords)))


def is_request(module: Module, call: ast.Call) -> bool:
    """Whether a call is a request of an asynchronous HTTP client."""
    callee = module.callee(call)
    if callee is None:
        return False
    owner, _, method = callee.rpartition(".")
    client = clients.CLIENTS.get(owner)
    return client is not None and client.is_http and client.is_async and method in _METHODS


def _gathered(module: Module, call: ast.Call) -> str | None:
    starred = [argument.value for argument in call.args if isinstance(argument, ast.Starred)]
    if len(starred) != 1 or len(call.args) != 1 or _reads_as_limit(module, call):
        return None
    started = _started(module, starred[0])
    if started is None:
        return None
    one, items = started
    if isinstance(one, ast.Call) and module.callee(one) in ("asyncio.create_task", "asyncio.ensure_future"):
        one = one.args[0] if one.args else one
    if not isinstance(one, ast.Call) or not _sends_unlimited(module, one, 0):
        return None
    return module.text(items, 40) if _is_of_any_size(module, items) else None


def _started(module: Module, made: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """What a list of coroutines or tasks has for each item of something, and that; None for other lists."""
    name = made if isinstance(made, ast.Name) else None
    if name is not None:
        bindings = module.bindings(name)
        if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].value is None:
            return None
        made = bindings[0].value
    if isinstance(made, (ast.ListComp, ast.GeneratorExp)) and len(made.generators) == 1:
        return made.elt, made.generators[0].iter
    return (
        _put_in_turn(module, name) if isinstance(made, ast.List) and not made.elts and name is not None else None
    )


def _put_in_turn(module: Module, name: ast.Name) -> tuple[ast.expr, ast.expr] | None:
    """What each turn of one loop appends to a list that begins empty, and what the loop goes over."""
    function = module.function_of(name)
    appended = [
        call
        for call in module.calls_named("append")
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == name.id
        and module.function_of(call) is function
    ]
    loop = module.loop_of(appended[0]) if len(appended) == 1 and appended[0].args else None
    if not isinstance(loop, ast.For) or module.loop_of(name) is not None or module.loop_of(loop) is not None:
        return None
    if any(isinstance(part, (ast.Break, ast.Continue)) for part in ast.walk(loop)):
        # It may be only some of them.
        return None
    return appended[0].args[0], loop.iter


def _sends_unlimited(module: Module, call: ast.Call, hops: int) -> bool:
    """Whether a call makes a request, directly or through functions of this module, with no limit on the way."""
    if is_request(module, call):
        return not _is_limited_client(module)
    if hops >= _MAXIMUM_HOPS:
        return False
    function = module.called_function(call)
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
        isinstance(node, ast.AsyncWith) and any(_is_limit(module, item.context_expr) for item in node.items)
        for node in module.own_nodes(function)
    ) or any(
        isinstance(node, ast.Attribute) and node.attr == "acquire" and isinstance(node.ctx, ast.Load)
        for node in module.own_nodes(function)
    )


def _is_limit(module: Module, entered: ast.expr) -> bool:
    """Whether what a block enters may let in only some at a time: it is named so, or it was there before."""
    if _reads_as_limit(module, entered):
        return True
    return isinstance(entered, (ast.Name, ast.Attribute)) and module.instance_of(entered) not in clients.CLIENTS


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
    if not _reads_as_limit(module, items) and _is_part_of_answer(module, items, 0):
        return not (isinstance(items, ast.Name) and _is_cut(module, items))
    if _reads_as_limit(module, items) or not isinstance(items, (ast.Name, ast.Attribute, ast.Call)):
        return False
    if any(isinstance(node, (ast.Slice, ast.Constant)) for node in ast.walk(items)):
        return False
    if last_name(items) in _OF_ONE_MESSAGE:
        # What one message carries: platforms for messages bound it.
        return False
    if not _CONFIGURED.isdisjoint(words(last_name(items))[-1:]) or _is_of_constant(module, items, 0):
        return False
    if isinstance(items, ast.Name) and _is_cut(module, items):
        return False
    found = origins(module, items)
    return bool(found & {Origin.PARAMETER, Origin.UNKNOWN}) and Origin.CONSTANT not in found


def _is_of_constant(module: Module, items: ast.expr, hops: int) -> bool:
    """Whether a list is, or is picked from, one that the module writes out where nobody gives another."""
    if isinstance(items, ast.Call) and len(items.args) == 1:
        items = items.args[0]
    if isinstance(items, (ast.GeneratorExp, ast.ListComp)):
        items = items.generators[0].iter
    if not isinstance(items, ast.Name) or hops > _MAXIMUM_HOPS:
        return False
    values = [binding.value for binding in module.bindings(items)]
    return bool(values) and all(
        value is not None
        and (
            (isinstance(value, (ast.Tuple, ast.List)) and bool(value.elts))
            or _is_of_constant(module, value, hops + 1)
        )
        for value in values
    )


def _is_part_of_answer(module: Module, items: ast.expr, hops: int) -> bool:
    """Whether an expression is something that was awaited, or what such an answer has under a key."""
    while True:
        if isinstance(items, ast.Await):
            return not _reads_as_limit(module, items)
        if isinstance(items, ast.BoolOp):
            items = items.values[0]
        elif isinstance(items, ast.Subscript) and _is_key(items.slice):
            items = items.value
        elif isinstance(items, ast.Call) and isinstance(items.func, ast.Attribute):
            if items.func.attr != "json" and not (
                items.func.attr == "get" and items.args and _is_key(items.args[0])
            ):
                return False
            items = items.func.value
        else:
            break
    if not isinstance(items, ast.Name) or hops > _MAXIMUM_HOPS:
        return False
    bindings = module.bindings(items)
    return len(bindings) == 1 and (
        bindings[0].kind is BindingKind.ASSIGNMENT
        and bindings[0].value is not None
        and _is_part_of_answer(module, bindings[0].value, hops + 1)
    )


def _is_key(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) and isinstance(expression.value, str)


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


def _turns_are_independent(module: Module, loop: ast.For) -> bool:
    """Whether no turn ends the loop, waits on purpose, or reads a plain variable that an earlier one has set."""
    totals = _totals(loop)
    stored = {node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    seen: set[str] = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
    for statement in loop.body:
        for node in ast.walk(statement):
            if isinstance(node, (ast.Return, ast.Break, ast.Yield, ast.YieldFrom, ast.Raise)):
                return False
            if isinstance(node, ast.AugAssign) and not (
                isinstance(node.target, ast.Name) and node.target.id in totals
            ):
                return False
            if isinstance(node, ast.Call) and module.text(node.func).rpartition(".")[2] in ("sleep", "acquire"):
                return False
            if isinstance(node, ast.AsyncWith) and any(
                _reads_as_limit(module, item.context_expr) for item in node.items
            ):
                return False
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                if node.id in stored - totals and node.id not in seen and not _is_set_in(statement, node.id):
                    return False
        seen |= {
            node.id
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
    return True


def _totals(loop: ast.For) -> set[str]:
    """The names that a loop only adds to, or keeps the largest or smallest in: no turn asks what they are."""
    updates: set[ast.Name] = set()
    changed: set[str] = set()
    for node in ast.walk(loop):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            updates.add(node.target)
            changed.add(node.target.id)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            kept, value = node.targets[0], node.value
            if isinstance(value, ast.Call) and last_name(value) in ("max", "min"):
                own = [one for one in value.args if isinstance(one, ast.Name) and one.id == kept.id]
                updates.update((kept, *own) if own else ())
                changed.update(one.id for one in own)
    return changed - {node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and node not in updates}


def _is_set_in(statement: ast.stmt, name: str) -> bool:
    """Whether a compound statement sets a name itself before it may read it."""
    return isinstance(statement, (ast.With, ast.AsyncWith, ast.Try, ast.If, ast.For)) and any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in ast.walk(statement)
    )
