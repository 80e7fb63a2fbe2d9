"""Slow sections: calls that wait for the network, a database, a process or a thread while a lock is held."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from flake8_auditrules.knowledge.blocking import Effect, blocking
from flake8_auditrules.knowledge.locks import LockKind
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.lock_order import called_function
from flake8_auditrules.semantics.locks import Lock, locked_blocks, receiver_class
from flake8_auditrules.semantics.measured_loads import LOAD_OF_PROCESSORS, measures_at_once
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.programs import in_main_guard
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind
from flake8_auditrules.semantics.shared_state import variable_of

_DEEPEST = 2
_MOST_SLOW = 3
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SLOW = frozenset({Effect.SLEEP, Effect.NETWORK, Effect.DATABASE, Effect.PROCESS})
"""What takes too long to do under a lock."""

_WAITS = frozenset(
    {
        "threading.Thread.join",
        "concurrent.futures.Future.result",
        "concurrent.futures.wait",
        "concurrent.futures.ThreadPoolExecutor.shutdown",
        "multiprocessing.Process.join",
        "multiprocessing.Pool.join",
    }
)
_FILE_WALKS = frozenset(
    {
        "os.walk",
        "os.fwalk",
        "pathlib.Path.rglob",
        "shutil.copytree",
        "shutil.rmtree",
        "shutil.make_archive",
        "glob.glob",
    }
)
_ASYNC_NETWORK = ("httpx.AsyncClient.", "aiohttp.ClientSession.", "redis.asyncio.", "asyncpg.", "motor.")


class SlowCall(NamedTuple):
    """A call that waits while a lock is held: its node, the lock, what it waits for, and through what."""

    call: ast.Call
    lock: Lock
    primitive: str
    through: tuple[str, ...]


def slow_calls(module: Module) -> list[SlowCall]:
    """
    The calls that wait for something slow while a thread lock is held, the first one in each block.

    Somebody must need the lock for a moment only: where all blocks over it work long, it is there for that. A
    block that is the only one over its lock, and stands in a loop, makes nobody wait but that loop. Where a method
    is nothing but such a block around one slow call, the lock is there to let one call after the other go.
    """
    found: list[SlowCall] = []
    blocks = list(_thread_blocks(module))
    quick = Counter(lock.key for lock, statement in blocks if _is_quick(module, statement))
    slow_blocks = [
        (lock, statement, slow)
        for lock, statement in blocks
        if lock.key in quick and (slow := _first_slow(module, statement, lock)) is not None
    ]
    # Where nearly all of them work long, the lock is there to let one after the other do so.
    number = Counter(lock.key for lock, _, _ in slow_blocks)
    slow_blocks = [one for one in slow_blocks if number[one[0].key] <= _MOST_SLOW * quick[one[0].key]]
    serial = {
        lock.key for lock, statement, slow in slow_blocks if _is_all_of_its_function(module, statement, slow)
    }
    for lock, statement, slow in slow_blocks:
        if lock.key in serial or _stores_what_it_is_for(module, statement, slow.call, lock):
            continue
        if _begins_anew(module, statement, lock, blocks):
            continue
        is_alone = sum(other.key == lock.key for other, _ in blocks) == 1 and module.loop_of(statement) is not None
        if not is_alone and not _ends_all(module, statement) and not _asks_anew(module, statement, slow):
            found.append(slow)
    return found


def _is_all_of_its_function(module: Module, statement: ast.With, slow: SlowCall) -> bool:
    """Whether a function is one call under the lock: `def act(self): with self._lock: return self._act()`."""
    function = module.function_of(statement)
    if not isinstance(function, _FUNCTIONS) or not slow.through or len(statement.body) > 1:
        return False
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    only = statement.body[0]
    return body == [statement] and isinstance(only, (ast.Return, ast.Expr)) and only.value is slow.call


def _asks_anew(module: Module, statement: ast.With, slow: SlowCall) -> bool:
    """Whether a function is one call under the lock, and its answer: `self._check(); return self.up`."""
    function = module.function_of(statement)
    if not isinstance(function, _FUNCTIONS) or not slow.through or len(statement.body) != 2:
        return False
    first, last = statement.body
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (
        body == [statement]
        and isinstance(first, ast.Expr)
        and first.value is slow.call
        and isinstance(last, ast.Return)
        and not any(isinstance(part, ast.Call) for part in ast.walk(last))
    )


def _stores_what_it_is_for(module: Module, statement: ast.With, call: ast.Call, lock: Lock) -> bool:
    """Whether a block only stores what a call gives where the lock's name says: `_info_lock`, `_info`."""
    only = statement.body[0]
    if len(statement.body) > 1 or not isinstance(only, ast.Assign) or only.value is not call:
        return False
    named = lock.text.rpartition(".")[2].strip("_").lower()
    return any(
        isinstance(target, (ast.Attribute, ast.Name)) and named.startswith(last_name(target).strip("_").lower())
        for target in only.targets
    )


def _begins_anew(module: Module, statement: ast.With, lock: Lock, blocks: list[tuple[Lock, ast.With]]) -> bool:
    """Whether a block lets go of what another block over the lock makes on first use: who comes next must wait."""
    let_go = {
        variable_of(module, target)
        for part in own_parts(statement.body)
        if isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant) and part.value.value is None
        for target in part.targets
        if isinstance(target, (ast.Attribute, ast.Name))
    } - {None}
    if not let_go:
        return False
    return any(
        isinstance(part, ast.Assign)
        and isinstance(part.value, ast.Call)
        and any(
            isinstance(target, (ast.Attribute, ast.Name)) and variable_of(module, target) in let_go
            for target in part.targets
        )
        and _is_wanted_once(module, part.value, other)
        for held, other in blocks
        if other is not statement and held.key == lock.key
        for part in own_parts(other.body)
    )


def _ends_all(module: Module, statement: ast.With) -> bool:
    """Whether a block stands in what begins or ends the whole object or program: nobody needs the lock then."""
    function = module.function_of(statement)
    return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and function.name.strip("_") in _ENDS


_ENDS = frozenset(
    {
        "atexit",
        "connect",
        "del",
        "exit",
        "init",
        "initialise",
        "initialize",
        "reconnect",
        "setup",
        "shut_down",
        "shutdown",
        "start",
        "startup",
        "tear_down",
        "teardown",
        "terminate",
    }
)


class Unexplained(NamedTuple):
    """The calls of a block over a thread lock that leave the module, in source order."""

    lock: Lock
    statement: ast.With
    calls: tuple[ast.Call, ...]


def calls_elsewhere(module: Module) -> list[Unexplained]:
    """
    The blocks over thread locks in which nothing of this module is slow, with what they call elsewhere.

    Only locks that other code takes for a moment count: where all blocks work long, the lock is there for that.
    """
    found: list[Unexplained] = []
    blocks = list(_thread_blocks(module))
    quick = {lock.key for lock, statement in blocks if _is_quick(module, statement)}
    for lock, statement in blocks:
        if lock.key not in quick or _ends_all(module, statement):
            continue
        calls = tuple(
            part
            for part in own_parts(statement.body)
            if isinstance(part, ast.Call)
            and _is_elsewhere(module, part)
            and not _is_own_resource(module, part, lock)
            and not _is_wanted_once(module, part, statement)
        )
        if calls and _first_slow(module, statement, lock) is None:
            found.append(Unexplained(lock, statement, calls))
    return found


def _is_quick(module: Module, statement: ast.With) -> bool:
    """Whether a block only reads or writes values: it calls nothing but builtins and methods of these."""
    for part in own_parts(statement.body):
        if isinstance(part, ast.Call):
            callee = module.callee(part)
            if callee is not None and not callee.startswith(("builtins.", "collections.", "copy.", "time.")):
                return False
            if callee == "time.sleep" or (callee is None and isinstance(part.func, ast.Name)):
                return False
    return True


def _is_elsewhere(module: Module, call: ast.Call) -> bool:
    """Whether a call is one of a function that is neither of this module nor built in."""
    callee = module.callee(call)
    return (
        callee is not None
        and not callee.startswith("builtins.")
        and module.instances.local_function(callee) is None
        and blocking(callee) is None
    )


def _thread_blocks(module: Module) -> Iterator[tuple[Lock, ast.With]]:
    """The blocks over locks that keep threads from each other, less those that let one call after the other go."""
    for lock, statement in locked_blocks(module):
        if not isinstance(statement, ast.With) or not lock.is_kind(LockKind.THREAD) or not lock.is_shared:
            continue
        assert lock.known is not None
        if not lock.known.counted and not _is_for_calls(lock) and not in_main_guard(module, statement):
            yield lock, statement


def awaits_for_one_key(module: Module) -> list[SlowCall]:
    """The network awaits for one key while a lock of the module, which guards all keys of a dict, is held."""
    found: list[SlowCall] = []
    for lock, statement in locked_blocks(module):
        if not isinstance(statement, ast.AsyncWith) or not lock.is_kind(LockKind.TASK):
            continue
        assert lock.known is not None
        if lock.owner is not None or not lock.is_shared or lock.known.counted:
            continue
        for part in own_parts(statement.body):
            if not isinstance(part, ast.Await) or not isinstance(part.value, ast.Call):
                continue
            callee = module.callee(part.value) or ""
            if callee.startswith(_ASYNC_NETWORK) and _is_for_key(module, statement, part.value):
                found.append(SlowCall(part.value, lock, callee, ()))
                break
    return found


def _is_for_calls(lock: Lock) -> bool:
    """Whether a lock by its name, or its class's, is there to let one call after the other go out."""
    if lock.owner is not None and _HOLDING_BACK.search(lock.owner.name):
        return True
    last = lock.key.rpartition(".")[2].rpartition(":")[2].lower()
    return any(word in last for word in _ONE_AFTER_THE_OTHER)


_HOLDING_BACK = pattern(r"Throttl|RateLimit|Limiter|Backoff|Pacer")
_ONE_AFTER_THE_OTHER = (
    "rate",
    "throttle",
    "limit",
    "serial",
    "send",
    "write",
    "socket",
    "conn",
    "request",
    "io",
    "file",
    "db",
    "database",
    "subprocess",
    "runner",
    "process",
    "install",
    "download",
    "refresh",
    "token",
    "init",
    "start",
    "stop",
    "shutdown",
    "lifecycle",
    "migrat",
    "setup",
    "load",
    "build",
    "fetch",
    "create",
    "single",
)


def _first_slow(module: Module, statement: ast.With, lock: Lock) -> SlowCall | None:
    for part in own_parts(statement.body):
        if not isinstance(part, ast.Call):
            continue
        for primitive, place, through in _slow_ways(module, part, 0):
            if _is_own_resource(module, place, lock) or _is_wanted_once(module, part, statement):
                continue
            return SlowCall(part, lock, primitive, through)
    return None


def _slow_ways(module: Module, call: ast.Call, depth: int) -> Iterator[tuple[str, ast.Call, tuple[str, ...]]]:
    """The slow calls that a call makes: itself, or the functions of this module that it runs."""
    callee = module.callee(call)
    if callee is not None and _is_slow(callee):
        if not _returns_at_once(module, call):
            yield callee, call, ()
        return
    if depth >= _DEEPEST:
        return
    function = called_function(module, call)
    if function is None or isinstance(function, ast.AsyncFunctionDef):
        return
    for part in module.own_nodes(function):
        if isinstance(part, ast.Call):
            for primitive, place, through in _slow_ways(module, part, depth + 1):
                if not _is_done_once(module, part, function):
                    yield primitive, place, (function.name, *through)


def _is_slow(callee: str) -> bool:
    if callee in _WAITS or callee in _FILE_WALKS:
        return True
    known = blocking(callee)
    return known is not None and known.effect in SLOW and not callee.startswith("sqlite3.")


def _returns_at_once(module: Module, call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Constant) and first.value in (0, 0.0):
        return True
    if last_name(call) in LOAD_OF_PROCESSORS:
        return measures_at_once(module, call)
    for keyword in call.keywords:
        if (
            keyword.arg in ("timeout", "wait")
            and isinstance(keyword.value, ast.Constant)
            and not keyword.value.value
        ):
            return keyword.value.value is not None
    return False


def _is_own_resource(module: Module, call: ast.Call, lock: Lock) -> bool:
    """Whether the call is one on an object that stands where the lock stands: the lock is there for it."""
    receiver: ast.expr = call.func
    while isinstance(receiver, (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(receiver, ast.Attribute) and receiver_class(module, receiver.value) is not None:
            return lock.owner is not None
        receiver = receiver.func if isinstance(receiver, ast.Call) else receiver.value
    if isinstance(receiver, ast.Name) and module.qualname(call.func) is None:
        owner = module.owner_of(receiver)
        if owner is None:
            return True
        if owner.kind is ScopeKind.MODULE:
            return lock.owner is None
        # A parameter or local name may stand for anything that the lock is there for.
        return any(not isinstance(binding.value, ast.Call) for binding in module.bindings(receiver))
    return False


def _is_done_once(module: Module, call: ast.Call, function: FunctionNode) -> bool:
    """Whether a function makes a call only where there is nothing yet: `if self._model: return self._model`."""
    body = list(function.body)
    for part in body:
        if isinstance(part, ast.With) and call in ast.walk(part):
            # A lock that may be taken again is taken there once more.
            body.extend(part.body)
        if (
            not isinstance(part, ast.If)
            or not _asks_if_there(part.test)
            or not _tests_shared_state(module, part.test)
        ):
            continue
        if part.lineno < call.lineno and _leaves(part.body):
            return True
        if part in module.ancestors(call):
            return True
    return False


def _leaves(block: list[ast.stmt]) -> bool:
    """Whether a block ends with a `return` or the like, or a further test in it does: what is there will do."""
    last = block[-1]
    return isinstance(last, (ast.Return, ast.Continue, ast.Break)) or any(
        isinstance(part, ast.If) and isinstance(part.body[-1], ast.Return) for part in block
    )


def _asks_if_there(test: ast.expr) -> bool:
    if isinstance(test, ast.Compare):
        last = test.comparators[-1]
        return (
            isinstance(test.ops[0], (ast.Is, ast.IsNot)) and isinstance(last, ast.Constant) and last.value is None
        )
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return _asks_if_there(test.values[0])
    return isinstance(test.operand if isinstance(test, ast.UnaryOp) else test, (ast.Attribute, ast.Name))


def _is_wanted_once(module: Module, call: ast.Call, statement: ast.With) -> bool:
    """
    Whether the block tests shared state before the call: the lock makes many callers wait for one result.

    That is a load on first use, the refresh of what has run out, and the like.
    """
    inside = False
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, (ast.If, ast.While)) and child is not ancestor.test:
            if _tests_shared_state(module, ancestor.test):
                return True
        if ancestor is statement:
            inside = True
            break
        child = ancestor
    if not inside:
        return False
    for earlier in statement.body:
        if earlier is child:
            return False
        if isinstance(earlier, ast.If) and _tests_shared_state(module, earlier.test):
            if _leaves(earlier.body):
                return True
    return False


def _tests_shared_state(module: Module, test: ast.expr) -> bool:
    return any(
        isinstance(part, (ast.Attribute, ast.Name)) and variable_of(module, part) is not None
        for part in ast.walk(test)
    ) or any(isinstance(part, ast.Name) and _is_read_of_state(module, part) for part in ast.walk(test))


def _is_read_of_state(module: Module, name: ast.Name) -> bool:
    """Whether a local name holds what was read from shared state: `entry = self._entries.get(key)`."""
    for binding in module.bindings(name):
        if binding.value is not None and not isinstance(binding.site, ast.arg):
            if _reads_state(module, binding.value):
                return True
    return False


def _reads_state(module: Module, value: ast.AST) -> bool:
    """Whether a value is read from shared state; what a function answers that is given such a value is not."""
    if isinstance(value, (ast.Attribute, ast.Name)) and variable_of(module, value) is not None:
        return True
    if isinstance(value, ast.Call) and not (module.callee(value) or "").startswith("builtins."):
        return isinstance(value.func, ast.Attribute) and _reads_state(module, value.func.value)
    return any(_reads_state(module, part) for part in ast.iter_child_nodes(value))


def _is_for_key(module: Module, statement: ast.AsyncWith, call: ast.Call) -> bool:
    """Whether a call has to do with the one key under which the block looks into, or fills, a dict."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    names = {part.id for value in given for part in ast.walk(value) if isinstance(part, ast.Name)}
    for part in own_parts(statement.body):
        if isinstance(part, ast.Subscript) and isinstance(part.value, (ast.Name, ast.Attribute)):
            if variable_of(module, part.value) is None:
                continue
            if mentions(part.slice, names):
                return True
    return False
