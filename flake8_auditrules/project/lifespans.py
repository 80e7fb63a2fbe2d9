"""Lifespans of applications: what stops when they end, and which stop the failure of an earlier one skips."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import Definition, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.handlers import is_broad
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.scopes import FunctionNode

_MANAGERS = frozenset({"contextlib.asynccontextmanager"})
_LOOPS = (ast.For, ast.AsyncFor)
_MAXIMUM_HOPS = 4
_STOPPING = pattern(
    r"(?:^|_)(?:a?close|stop|shut_?down|disconnect|dispose|terminate|unregister|clean_?up|teardown|drain|flush|"
    r"finali[sz]e|release|disable|wait_closed|deregister|end|exit)(?:_|$)"
)
_STARTING = pattern(
    r"^(?:a?open|start|connect|launch|startup|start_up|setup|set_up|init|initiali[sz]e|__aenter__)(?:_|$)"
)
# What asks a task or a scheduler to end and waits for nothing; tasks end with the loop all the same.
_ASKING = frozenset({"cancel"})
_CREATING = frozenset({"create_task", "ensure_future"})
_CLIENTS = ("httpx.AsyncClient.", "aiohttp.ClientSession.")
_REQUESTING = frozenset({"get", "post", "put", "patch", "delete", "request", "send"})
_REMOVING = frozenset({"rmtree", "unlink", "remove"})


class SkippedStop(NamedTuple):
    """A stop whose failure skips others: what is awaited, and the first call it skips (None: the loop's next)."""

    stop: ast.expr
    skipped: ast.Call | None


class Outside(NamedTuple):
    """A start before the `try` that stops what it starts, and a later one before it that can fail."""

    start: ast.Call
    failing: ast.Call


def starts_outside(project: Project, module: Module) -> Iterator[Outside]:
    """
    The first start of each lifespan that the failure of a later one leaves running.

    Both stand before the `try` around the `yield` whose `finally` stops what the first has started. The later one
    is awaited, and can certainly fail or is stopped there too.
    """
    for function, _ in _endings(module):
        tried = _tried_yield(module, function)
        if tried is None:
            continue
        stopped = {
            module.source(call.func.value)
            for call in _steps(module, tried.finalbody)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        }
        before = function.body[: function.body.index(tried)]
        starts = [call for call in _awaited(before) if not _is_guarded(module, call)]
        for number, start in enumerate(starts):
            if not _starts(module, start, stopped):
                continue
            failing = next(
                (
                    one
                    for one in starts[number + 1 :]
                    if _starts(module, one, stopped) or _can_fail(project, module, one)
                ),
                None,
            )
            if failing is not None:
                yield Outside(start, failing)
                break


def _tried_yield(module: Module, function: FunctionNode) -> ast.Try | None:
    """The `try` with a `finally`, of a function's own block, around its one `yield`."""
    yields = [node for node in module.own_nodes(function) if isinstance(node, ast.Yield)]
    statement = module.statement(yields[0]) if len(yields) == 1 else None
    tried = module.parent(statement) if statement is not None else None
    is_own = isinstance(tried, ast.Try) and statement in tried.body and tried in function.body
    return tried if is_own and isinstance(tried, ast.Try) and tried.finalbody else None


def _awaited(body: Sequence[ast.stmt]) -> Iterator[ast.Call]:
    """The calls that statements, also under an `if`, await, in their order."""
    for statement in body:
        if isinstance(statement, ast.If):
            yield from _awaited(statement.body)
        elif isinstance(statement, (ast.Expr, ast.Assign)) and isinstance(statement.value, ast.Await):
            if isinstance(statement.value.value, ast.Call):
                yield statement.value.value


def _starts(module: Module, call: ast.Call, stopped: AbstractSet[str]) -> bool:
    """Whether a call starts or opens what the `finally` stops: a method of the same thing."""
    return (
        isinstance(call.func, ast.Attribute)
        and _STARTING.search(call.func.attr) is not None
        and module.source(call.func.value) in stopped
    )


def skipped_stops(project: Project, module: Module) -> Iterator[tuple[FunctionNode, SkippedStop | None]]:
    """The functions of a module in which an application stops several things, each with the first such stop."""
    for function, body in _endings(module):
        steps = list(_steps(module, body))
        if len(steps) > 1 or any(module.loop_of(step) is not None for step in steps):
            yield function, _first_skipping(project, module, steps)


def _first_skipping(project: Project, module: Module, steps: Sequence[ast.expr]) -> SkippedStop | None:
    for number, step in enumerate(steps):
        if not isinstance(module.parent(step), ast.Await) or _is_guarded(module, step):
            continue
        loop = module.loop_of(step)
        if isinstance(loop, _LOOPS) and isinstance(step, ast.Call) and _is_of_turn(loop, step):
            return SkippedStop(step, None)
        later = [one for one in steps[number + 1 :] if isinstance(one, ast.Call) and _is_after(module, step, one)]
        if not later:
            continue
        if isinstance(step, ast.Call):
            fails = _can_fail(project, module, step)
        else:
            fails = _may_have_died(project, module, step)
        if fails:
            return SkippedStop(step, later[0])
    return None


def _is_of_turn(loop: ast.For | ast.AsyncFor, step: ast.Call) -> bool:
    """Whether what a step in a loop stops is what the loop goes over."""
    names = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
    return mentions(step, names)


def _endings(module: Module) -> Iterator[tuple[FunctionNode, list[ast.stmt]]]:
    """The functions in which applications stop, each with the statements that run then."""
    handed = {
        last_name(keyword.value)
        for call in module.calls_given("lifespan")
        for keyword in call.keywords
        if keyword.arg == "lifespan"
    }
    for function in module.nodes(ast.AsyncFunctionDef):
        if not function.decorator_list:
            continue
        if "lifespan" in function.name.lower() or function.name in handed:
            if any(module.qualname(decorator) in _MANAGERS for decorator in function.decorator_list):
                yield function, _after_yield(module, function)
        elif any(_is_shutdown(decorator) for decorator in function.decorator_list):
            yield function, function.body


def _is_shutdown(decorator: ast.expr) -> bool:
    """Whether a decorator is `@app.on_event("shutdown")`."""
    return (
        isinstance(decorator, ast.Call)
        and last_name(decorator) == "on_event"
        and len(decorator.args) == 1
        and isinstance(decorator.args[0], ast.Constant)
        and decorator.args[0].value == "shutdown"
    )


def _after_yield(module: Module, function: ast.AsyncFunctionDef) -> list[ast.stmt]:
    """The statements that run after the one `yield` of a lifespan, when nothing fails; none where it has more."""
    yields = [node for node in module.own_nodes(function) if isinstance(node, ast.Yield)]
    if len(yields) != 1:
        return []
    found: list[ast.stmt] = []
    child: ast.AST = yields[0]
    for ancestor in module.ancestors(yields[0]):
        for field in ("body", "orelse"):
            block = getattr(ancestor, field, None)
            if isinstance(block, list) and child in block:
                found.extend(block[block.index(child) + 1 :])
                if isinstance(ancestor, ast.Try):
                    found.extend(ancestor.finalbody)
        if ancestor is function:
            break
        child = ancestor
    return found


def _steps(module: Module, body: Sequence[ast.stmt]) -> Iterator[ast.expr]:
    """
    What stops something among statements and in what they hold: calls by their name, and tasks that are awaited.

    Removing files counts as well.
    """
    pending: list[ast.AST] = list(reversed(body))
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        if isinstance(node, ast.Expr):
            step = node.value.value if isinstance(node.value, ast.Await) else node.value
            if isinstance(step, ast.Call):
                if _stops(step):
                    yield step
            elif step is not node.value:
                yield step
        elif isinstance(node, (ast.stmt, ast.ExceptHandler)):
            inner = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
            pending.extend(reversed(inner))


def _stops(call: ast.Call) -> bool:
    last = last_name(call).lower()
    if last in _ASKING or any(keyword.arg == "return_exceptions" for keyword in call.keywords):
        return False
    return last in _REMOVING or _STOPPING.search(last) is not None


def _is_guarded(module: Module, step: ast.AST) -> bool:
    """Whether a failure of a step goes no further than the statement around it."""
    child: ast.AST = step
    for ancestor in module.ancestors(step):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
        if isinstance(ancestor, ast.Try) and child in ancestor.body:
            if ancestor.finalbody or any(is_broad(module, handler) for handler in ancestor.handlers):
                return True
        elif isinstance(ancestor, (ast.With, ast.AsyncWith)) and child in ancestor.body:
            if any(_suppresses(item.context_expr) for item in ancestor.items):
                return True
        child = ancestor
    return False


def _suppresses(manager: ast.expr) -> bool:
    """Whether a context manager may take an exception: `suppress`, a time limit, or an unknown one by its name."""
    last = last_name(manager).lower()
    return any(word in last for word in ("suppress", "timeout", "move_on", "ignore", "guard", "safe", "catch"))


def _is_after(module: Module, step: ast.expr, other: ast.Call) -> bool:
    """Whether one stop comes after another in the same run, and is not run anyway when that fails."""
    if module.source(other) == module.source(step):
        return False
    branches = {}
    for ancestor, child in _branches(module, step):
        branches[ancestor] = child
    for ancestor, child in _branches(module, other):
        if ancestor in branches and branches[ancestor] != child:
            return False
    return True


def _branches(module: Module, node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """The statements around a node that run one of their blocks, each with the block."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return
        if isinstance(ancestor, (ast.If, ast.Try)):
            for field in ("body", "orelse", "handlers", "finalbody"):
                if child in getattr(ancestor, field, ()):
                    yield ancestor, field
        child = ancestor


def _can_fail(project: Project, module: Module, call: ast.Call, hops: int = 0) -> bool:
    """
    Whether awaiting a call can certainly fail, for a reason that the code shows.

    It sends a request, raises, or waits for a task that may have died of an exception, outside every handler for
    all failures.
    """
    if _is_request(module, call):
        return True
    definition = definition_of(project, module, call) if hops < _MAXIMUM_HOPS else None
    if definition is None:
        return False
    inner = definition.module
    for node in inner.own_nodes(definition.function):
        if isinstance(node, ast.Raise):
            if node.exc is not None and not _is_guarded(inner, node):
                return True
        elif isinstance(node, ast.Await) and not _is_guarded(inner, node):
            if isinstance(node.value, ast.Call):
                if _can_fail(project, inner, node.value, hops + 1):
                    return True
            elif _may_have_died(project, inner, node.value):
                return True
    return False


def _is_request(module: Module, call: ast.Call) -> bool:
    """Whether a call sends a request through an asynchronous client."""
    if last_name(call) not in _REQUESTING:
        return False
    callee = module.callee(call) or ""
    return callee.startswith(_CLIENTS)


def _may_have_died(project: Project, module: Module, task: ast.expr) -> bool:
    """
    Whether what is awaited is a task whose coroutine lets failures out, and nobody asks whether it is done.

    A task that has failed gives its exception to whoever awaits it, cancelled afterwards or not.
    """
    function = module.function_of(task)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    made = _creation(module, task, function)
    coroutine = made.args[0] if made is not None and made.args else None
    if not isinstance(coroutine, ast.Call):
        return False
    asked = module.source(task)
    if any(module.source(one.value) == asked for one in module.attributes_named("done")):
        return False
    definition = definition_of(project, module, coroutine)
    return definition is not None and _lets_failures_out(definition)


def _creation(module: Module, task: ast.expr, function: FunctionNode) -> ast.Call | None:
    """The call that makes a task, where the name or attribute that holds it is given one in one place."""
    values: list[ast.expr | None] = []
    if isinstance(task, ast.Name):
        values = [binding.value for binding in module.bindings(task)]
    elif isinstance(task, ast.Attribute):
        holder = module.enclosing(function, ast.ClassDef)
        if holder is not None:
            values = [binding.value for binding, _ in module.members(holder).attributes.get(task.attr, [])]
    made = [value for value in values if isinstance(value, ast.Call) and last_name(value) in _CREATING]
    return made[0] if len(made) == 1 else None


def _lets_failures_out(definition: Definition) -> bool:
    """Whether a coroutine waits for something that can fail, or raises, outside every handler for all failures."""
    module = definition.module
    return any(
        (isinstance(node, ast.Raise) and node.exc is not None and not _is_guarded(module, node))
        or (
            isinstance(node, ast.Await)
            and not (isinstance(node.value, ast.Call) and _is_harmless(module, node.value))
            and not _is_guarded(module, node)
        )
        for node in module.own_nodes(definition.function)
    )


def _is_harmless(module: Module, call: ast.Call) -> bool:
    """Whether awaiting a call only waits: for some time, an event, a queue or other tasks."""
    callee = module.callee(call) or ""
    return callee.startswith(("asyncio.", "anyio.", "trio."))
