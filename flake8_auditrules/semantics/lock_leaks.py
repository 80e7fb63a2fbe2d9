"""Locks that are acquired by hand: on which ways out of the function they are still held."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge.locks import LOCKS, MUTATING
from flake8_auditrules.knowledge.loggers import LEVELS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import Exit, ExitKind, Flow, Raising, Statement, dotted, evaluated
from flake8_auditrules.semantics.handlers import in_finally, is_broad
from flake8_auditrules.semantics.locks import Lock, acquisitions, lock_of, released_before
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import calls_super, last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRY: tuple[type[ast.AST], ...] = tuple(
    kind for kind in (ast.Try, getattr(ast, "TryStar", None)) if kind is not None
)
_QUIET_FUNCTIONS = frozenset(
    {
        "asyncio.current_task",
        "asyncio.get_running_loop",
        "builtins.abs",
        "builtins.bool",
        "builtins.callable",
        "builtins.dict",
        "builtins.enumerate",
        "builtins.float",
        "builtins.frozenset",
        "builtins.getattr",
        "builtins.hasattr",
        "builtins.id",
        "builtins.isinstance",
        "builtins.issubclass",
        "builtins.len",
        "builtins.list",
        "builtins.max",
        "builtins.min",
        "builtins.print",
        "builtins.range",
        "builtins.repr",
        "builtins.round",
        "builtins.set",
        "builtins.str",
        "builtins.tuple",
        "builtins.type",
        "builtins.zip",
    }
)
_QUIET_MODULES = ("logging.", "loguru.", "structlog.", "time.", "datetime.", "uuid.")
_MAKING_TASKS = frozenset({"create_task", "ensure_future"})
_QUIET_METHODS = MUTATING | {
    "add_done_callback",
    "cancel",
    "copy",
    "create_task",
    "debug",
    "done",
    "ensure_future",
    "error",
    "exception",
    "format",
    "get",
    "increment",
    "info",
    "is_set",
    "items",
    "join",
    "keys",
    "locked",
    "lower",
    "notify",
    "notify_all",
    "observe",
    "release",
    "set",
    "startswith",
    "strip",
    "task_done",
    "total_seconds",
    "values",
    "warning",
}
# What a thread waits for with the lock of a condition in its hands raises only where the lock is not held.
_QUIET_WAITS = frozenset({"threading.Condition.wait", "threading.Condition.notify", "threading.Event.wait"})
# Given nothing but the item, they wait for room and never raise.
_QUIET_PUTS = frozenset({"queue.Queue.put", "queue.LifoQueue.put", "queue.SimpleQueue.put"})
# What functions are called that take a lock for their caller.
_TAKING = pattern(r"(?:^|_)(?:acquire|checkout|claim|enter|lock|reserve|take)(?:_|$)", re.IGNORECASE)
_WAITING_AWAY = frozenset({"asyncio.wait_for", "anyio.fail_after"})


class Leak(NamedTuple):
    """
    A lock that is acquired, and still held on a way out of the function.

    `call` is the call of `acquire`, `exit` the way out. `is_gap` tells that the function does release it where
    something goes wrong, but not from this place on; `after_failure`, that the way out begins with an exception.
    """

    call: ast.Call
    lock: Lock
    exit: Exit
    is_gap: bool
    after_failure: bool


def leaks(module: Module) -> list[Leak]:
    """The calls of `acquire` in the module after which some way out leaves the lock taken."""
    return module.keep("leaked locks", _leaks)


def unleaked(module: Module) -> list[ast.Call]:
    """The calls of `acquire` in the module after which no way out leaves the lock taken."""
    leaked = {leak.call for leak in leaks(module)}
    return [acquired.call for acquired in _acquired_by_hand(module) if acquired.call not in leaked]


class _Acquired(NamedTuple):
    """A call of `acquire` whose lock is known, in a function, with where a path on which it is held begins."""

    function: FunctionNode
    call: ast.Call
    lock: Lock
    start: _Start


def _acquired_by_hand(module: Module) -> list[_Acquired]:
    return module.keep("locks acquired by hand", _find_acquired)


def _find_acquired(module: Module) -> list[_Acquired]:
    found: list[_Acquired] = []
    for function, calls in acquisitions(module).items():
        for call, lock in calls:
            if lock is None or lock.known is None or not _is_acquire(call):
                continue
            if released_before(module, function, call, lock) or _is_of_one_call(module, call):
                continue
            if in_finally(module, call):
                # The function gives back what it was called with.
                continue
            start = _start(module, call)
            if start is not None:
                found.append(_Acquired(function, call, lock, start))
    return found


def _is_of_one_call(module: Module, call: ast.Call) -> bool:
    """Whether the function itself has made the lock and gives it to nobody: no other can wait for it."""
    name = call.func.value if isinstance(call.func, ast.Attribute) else None
    if not isinstance(name, ast.Name):
        return False
    owner, function = module.owner_of(name), module.function_of(call)
    if owner is None or owner.node is not function or not isinstance(function, _FUNCTIONS):
        return False
    if any(not isinstance(binding.value, ast.Call) for binding in module.bindings(name)):
        return False
    return all(
        isinstance(module.parent(use), ast.Attribute) and module.function_of(use) is function
        for use in module.names_in(function).get(name.id, ())
        if isinstance(use.ctx, ast.Load)
    )


def _leaks(module: Module) -> list[Leak]:
    found: list[Leak] = []
    flows: dict[FunctionNode, Flow] = {}
    for function, call, lock, start in _acquired_by_hand(module):
        flow = flows.get(function)
        if flow is None:
            flow = flows[function] = Flow(function, module.qualname, lambda one: _is_quiet(module, one))
        leak = _leak(module, function, flow, call, lock, start)
        if leak is not None:
            found.append(leak)
    return found


def _is_acquire(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "acquire"


class _Start(NamedTuple):
    """Where the lock is held first: after a statement, with names known to be true."""

    statement: ast.stmt
    assuming: dict[str, bool]


def _start(module: Module, call: ast.Call) -> _Start | None:
    """
    Where a path on which the lock is held begins; None for forms of which that cannot be told.

    `lock.acquire()` alone, `got = lock.acquire(...)`, and `if lock.acquire(...):` with and without `not`, each
    also awaited and with a time limit. The lock itself is an object that is true.
    """
    assert isinstance(call.func, ast.Attribute)
    receiver = dotted(call.func.value)
    known = {} if receiver is None else {receiver: True}
    expression: ast.expr = call
    parent = module.parent(call)
    while isinstance(parent, ast.Await) or (
        isinstance(parent, ast.Call) and expression in parent.args and module.callee(parent) in _WAITING_AWAY
    ):
        expression, parent = parent, module.parent(parent)
    may_fail = bool(call.args or call.keywords)
    if isinstance(parent, ast.Expr):
        # With a time limit and the answer thrown away, nobody knows whether it is held.
        return None if may_fail else _Start(parent, known)
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1 and isinstance(parent.targets[0], ast.Name):
        return _Start(parent, {**known, parent.targets[0].id: True})
    negated = isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not)
    if negated:
        assert parent is not None
        test: ast.AST = parent
        parent = module.parent(parent)
    else:
        test = expression
    if not isinstance(parent, ast.If) or parent.test is not test:
        return None
    if not negated:
        return _Start(parent.body[0], known) if isinstance(parent.body[0], _TRY) else None
    following = _following(module, parent)
    if following is None or not isinstance(following, _TRY) or not _always_leaves(parent.body):
        return None
    return _Start(following, known)


def _always_leaves(body: list[ast.stmt]) -> bool:
    return isinstance(body[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break))


def _following(module: Module, statement: ast.stmt) -> ast.stmt | None:
    """The statement after a statement in the same block."""
    parent = module.parent(statement)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(parent, field, None)
        if isinstance(block, list) and statement in block:
            index = block.index(statement)
            return block[index + 1] if index + 1 < len(block) else None
    return None


def _leak(
    module: Module, function: FunctionNode, flow: Flow, call: ast.Call, lock: Lock, start: _Start
) -> Leak | None:
    elsewhere = _releasing_functions(module, lock, function)
    nested = {one.name for one in elsewhere if _is_inside(module, one, function)}
    outside = [one for one in elsewhere if not _is_inside(module, one, function)]
    own = [part for part in module.own_nodes(function) if _names_release(module, part, lock)]
    if not own and not nested:
        if outside or not _is_private(module, lock) or not _waits(call):
            return None

    cleaning = frozenset(_clean_up_before(module, own))

    def gives_up(statement: Statement) -> bool:
        return statement in cleaning or _gives_up(module, statement, lock, nested, outside)

    found = flow.leaves_without(start.statement, gives_up, raising=Raising.EXPLICIT, assuming=start.assuming)
    if (
        found is not None
        and found.kind in (ExitKind.RETURN, ExitKind.FALL)
        and (_is_given_up_on_failure(module, own) or ((own or elsewhere) and _TAKING.search(function.name)))
    ):
        # Whoever gets what is returned has the lock with it.
        return None
    is_elsewhere = bool(outside or nested)
    if found is not None and not (is_elsewhere and found.kind in (ExitKind.RETURN, ExitKind.FALL, ExitKind.AGAIN)):
        return Leak(call, lock, found, False, False)
    if found is not None:
        return None
    found = flow.leaves_without(
        start.statement, gives_up, raising=Raising.CALLS, cancellation=True, assuming=start.assuming
    )
    if found is None or _is_end_of_quiet_block(module, call, found) or _is_taking_another(module, function, found):
        return None
    is_gap = any(_is_protecting(module, part) for part in own)
    if (outside or nested) and not any(_is_protecting(module, part, from_all=True) for part in own):
        # It is handed over, and released here only where that cannot be.
        return None
    return Leak(call, lock, found, is_gap, True)


def _is_end_of_quiet_block(module: Module, call: ast.Call, exit_found: Exit) -> bool:
    """Whether a way out is the end of an `async with` around the call over nothing but deadlines and locks."""
    return any(
        isinstance(ancestor, ast.AsyncWith)
        and ancestor.lineno == exit_found.line
        and all(
            last_name(item.context_expr) in ("timeout", "timeout_at")
            or ((lock := lock_of(module, item.context_expr)) is not None and lock.known is not None)
            for item in ancestor.items
        )
        for ancestor in module.ancestors(call)
    )


def _is_taking_another(module: Module, function: FunctionNode, exit_found: Exit) -> bool:
    """Whether a way out begins where another lock is taken by `with`: a thread only waits there."""
    return any(
        statement.lineno == exit_found.origin
        and module.function_of(statement) is function
        and all(
            (lock := lock_of(module, item.context_expr)) is not None and lock.known is not None
            for item in statement.items
        )
        for statement in module.nodes(ast.With)
    )


def _is_given_up_on_failure(module: Module, releases: list[ast.AST]) -> bool:
    """Whether a function releases a lock in handlers alone: when all goes well it is meant to keep it."""
    return bool(releases) and all(
        any(isinstance(ancestor, ast.ExceptHandler) for ancestor in module.ancestors(release))
        for release in releases
    )


def _clean_up_before(module: Module, releases: list[ast.AST]) -> Iterator[ast.stmt]:
    """The statements of `finally` blocks that stand before the one that releases: nobody guards clean-up."""
    for release in releases:
        child: ast.AST = release
        for ancestor in module.ancestors(release):
            if isinstance(ancestor, ast.Try) and child in ancestor.finalbody:
                yield from ancestor.finalbody[: ancestor.finalbody.index(child)]
            child = ancestor


def _waits(call: ast.Call) -> bool:
    """Whether a call of `acquire` waits as long as it takes."""
    return not call.args and not call.keywords


def _is_private(module: Module, lock: Lock) -> bool:
    """Whether nobody outside this module is meant to release the lock."""
    if lock.known is None or lock.known.counted:
        return False
    name = lock.key.rpartition(".")[2]
    return lock.owner is not None and name.startswith("_")


def _is_inside(module: Module, inner: FunctionNode, outer: FunctionNode) -> bool:
    return any(ancestor is outer for ancestor in module.ancestors(inner))


def _is_protecting(module: Module, release: ast.AST, *, from_all: bool = False) -> bool:
    """Whether a release stands in a `finally` block or a handler (`from_all`: in one of every failure)."""
    child = release
    for ancestor in module.ancestors(release):
        if isinstance(ancestor, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            return False
        if isinstance(ancestor, ast.ExceptHandler):
            return not from_all or is_broad(module, ancestor)
        if isinstance(ancestor, _TRY) and child in getattr(ancestor, "finalbody", ()):
            return True
        child = ancestor
    return False


def _names_release(module: Module, node: ast.AST, lock: Lock) -> bool:
    """Whether a node is `lock.release`, called or not."""
    if not isinstance(node, ast.Attribute) or node.attr not in ("release", "release_on_behalf_of"):
        return False
    found = lock_of(module, node.value)
    return found is not None and found.key == lock.key


def _releasing_functions(module: Module, lock: Lock, function: FunctionNode) -> list[FunctionNode]:
    """The other functions of the module that name `lock.release` and do not acquire it themselves."""
    found: list[FunctionNode] = []
    for node, holder in module.keep("names of release", _release_names):
        if holder is not function and holder not in found and _names_release(module, node, lock):
            taken = acquisitions(module).get(holder, ())
            if not any(other is not None and other.key == lock.key for _, other in taken):
                found.append(holder)
    return found


def _release_names(module: Module) -> list[tuple[ast.Attribute, FunctionNode]]:
    found: list[tuple[ast.Attribute, FunctionNode]] = []
    for name in ("release", "release_on_behalf_of"):
        for node in module.attributes_named(name):
            holder = module.function_of(node)
            while isinstance(holder, ast.Lambda):
                holder = module.function_of(holder)
            if holder is not None:
                found.append((node, holder))
    return found


def _gives_up(
    module: Module, statement: Statement, lock: Lock, nested: set[str], outside: list[FunctionNode]
) -> bool:
    """Whether a statement releases the lock, or hands it to what will: a callback, a task, another object."""
    if isinstance(statement, ast.If) and (_is_flag(module, statement.test, lock) or in_finally(module, statement)):
        # It says whether it is still for this function to release the lock.
        if any(_names_release(module, node, lock) for inner in statement.body for node in ast.walk(inner)):
            return True
    for part in evaluated(statement):
        if isinstance(part, ast.Lambda):
            if any(_names_release(module, inner, lock) for inner in ast.walk(part.body)):
                return True
        elif isinstance(part, ast.Attribute):
            if _names_release(module, part, lock) or any(part.attr == one.name for one in outside):
                return True
            if part.attr == "locked" and _asks_whether_to_release(module, statement, part, lock):
                return True
        elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            if part.id in nested or any(part.id == one.name for one in outside):
                return True
        if isinstance(part, (ast.Name, ast.Attribute)) and _is_passed_on(module, part):
            found = lock_of(module, part)
            if found is not None and found.key == lock.key:
                return True
    return False


def _is_flag(module: Module, test: ast.expr, lock: Lock) -> bool:
    """
    Whether a test is a local name that the function itself sets to True and False.

    Beside it the test may ask whether there is a lock at all.
    """
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        others = [part for part in test.values if not _asks_for(module, part, lock)]
        return len(others) == 1 and _is_flag(module, others[0], lock)
    if not isinstance(test, ast.Name):
        return False
    values = {
        binding.value.value
        for binding in module.bindings(test)
        if binding.kind is BindingKind.ASSIGNMENT and isinstance(binding.value, ast.Constant)
    }
    return {True, False} <= values


def _asks_for(module: Module, test: ast.expr, lock: Lock) -> bool:
    """Whether a test asks whether there is such a lock: `lock`, `lock is not None`."""
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot):
        test = test.left
    found = lock_of(module, test) if isinstance(test, (ast.Name, ast.Attribute)) else None
    return found is not None and found.key == lock.key


def _asks_whether_to_release(module: Module, statement: Statement, part: ast.Attribute, lock: Lock) -> bool:
    """Whether a statement is `if lock.locked(): lock.release()`: no way past it leaves the lock taken."""
    found = lock_of(module, part.value)
    if found is None or found.key != lock.key or not isinstance(statement, ast.If):
        return False
    return any(_names_release(module, node, lock) for inner in statement.body for node in ast.walk(inner))


def _is_passed_on(module: Module, node: ast.expr) -> bool:
    parent = module.parent(node)
    if isinstance(parent, ast.Call):
        return node in parent.args
    return isinstance(parent, (ast.keyword, ast.Return, ast.Yield, ast.Tuple, ast.List, ast.Dict))


def _is_quiet(module: Module, call: ast.Call) -> bool:
    """Whether a call raises nothing in practice: logging, clocks, lengths, methods of containers."""
    if _is_given_to_task(module, call):
        return True
    callee = module.callee(call)
    if callee is not None:
        if callee in _QUIET_PUTS and len(call.args) == 1 and not call.keywords:
            return True
        if callee in _QUIET_FUNCTIONS or callee in _QUIET_WAITS or callee.startswith(_QUIET_MODULES):
            return True
        local = module.instances.local_function(callee)
        if local is not None:
            return _only_tells(module, local)
        made = module.instances.local_class(callee)
        if made is not None:
            return _only_stores(module, made)
    return isinstance(call.func, ast.Attribute) and call.func.attr in _QUIET_METHODS


def _only_tells(module: Module, function: FunctionNode) -> bool:
    """Whether a function only gives, counts or logs what it has: it looks nothing up and raises nothing."""
    return not isinstance(function, ast.AsyncFunctionDef) and not any(
        isinstance(node, (ast.Raise, ast.Subscript, ast.BinOp, ast.Assert, ast.For, ast.While))
        or (isinstance(node, ast.Call) and not _is_quiet_of_library(module, node))
        or (isinstance(node, ast.withitem) and isinstance(node.context_expr, ast.Call))
        for node in module.own_nodes(function)
    )


def _is_quiet_of_library(module: Module, call: ast.Call) -> bool:
    callee = module.callee(call)
    if callee is not None and (callee in _QUIET_FUNCTIONS or callee.startswith(_QUIET_MODULES)):
        return True
    return isinstance(call.func, ast.Attribute) and call.func.attr in LEVELS


def _only_stores(module: Module, made: ast.ClassDef) -> bool:
    """Whether making an object of a class of this module only sets its attributes."""
    constructor = next((one for one in module.members(made).methods.values() if one.name == "__init__"), None)
    if constructor is None or any(
        isinstance(node, (ast.Raise, ast.Assert)) for node in module.own_nodes(constructor)
    ):
        return False
    return all(
        calls_super(node)
        or (isinstance(node.func, ast.Name) and node.func.id == "super")
        or _is_lock(module, node)
        for node in module.own_nodes(constructor)
        if isinstance(node, ast.Call)
    )


def _is_lock(module: Module, call: ast.Call) -> bool:
    return (module.callee(call) or "") in LOCKS or module.callee(call) == "threading.Event"


def _is_given_to_task(module: Module, call: ast.Call) -> bool:
    """Whether a call only makes the coroutine that a task runs: nothing of it runs yet."""
    task = module.parent(call)
    return isinstance(task, ast.Call) and call in task.args and last_name(task) in _MAKING_TASKS


def way_out(leak: Leak) -> str:
    """How control leaves with the lock taken, in words."""
    kind, line = leak.exit.kind, leak.exit.line
    if kind is ExitKind.CANCEL:
        return f"when the task is cancelled in line {line}"
    if kind is ExitKind.RAISE:
        return f"when line {line} raises"
    if leak.after_failure:
        return "when what follows fails or is cancelled"
    if kind is ExitKind.AGAIN:
        return "and acquires it again"
    if kind is ExitKind.RETURN:
        return f"by the return in line {line}"
    return "at the end of the function"
