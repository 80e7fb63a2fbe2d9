"""Lock discipline: variables that some functions write under a lock and others use without it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge.locks import CONTAINERS, LockKind
from flake8_auditrules.knowledge.loggers import LEVELS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.locks import Lock, block_around, held_at, lock_of, locked_blocks
from flake8_auditrules.semantics.lost_updates import counts, is_figure, registers, spoils
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.shared_state import (
    WRITES,
    Access,
    AccessKind,
    Variable,
    access_kind,
    accesses,
    callers,
    held_by_callers,
    may_run_bare,
    runs_first,
    variable_of,
)
from flake8_auditrules.semantics.sharing import in_threads

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WAITING = (ast.Await, ast.AsyncWith, ast.AsyncFor)
_DONE = {
    AccessKind.REBIND: "written",
    AccessKind.UPDATE: "updated",
    AccessKind.MUTATE: "changed",
    AccessKind.ITERATE: "iterated",
    AccessKind.READ: "read",
}

# What fills an object before others have it.
_PREPARING = pattern(
    r"_*(?:load|init|initiali[sz]e|rehydrate|setup|set_up|configure|bootstrap|connect|populate)(?:_|$)"
    r"|_*restore(?:_|$)|_*(?:reload(?:_state|_data)?|(?:from|set|load|import|restore)_(?:dict|json|state\w*|snapshot))$"
)
_LOADING = pattern(
    r"_*(?:ensure_)?(?:re|un)?(?:load|init|initiali[sz]e|setup|set_up|discover|scan|import)(?:ed)?(?:_|$)"
)
_LOCK_END = pattern(r"_?(?:r?lock|mutex|condition|cond)$", re.IGNORECASE)
_ENDING = pattern(r"_*(?:clean_?up|a?close|shutdown|stop|dispose|teardown|destroy|terminate)(?:_|$)")
_WORKERS = frozenset(
    {
        "threading.Thread",
        "threading.Timer",
        "concurrent.futures.ThreadPoolExecutor",
        "multiprocessing.Process",
        "multiprocessing.pool.ThreadPool",
    }
)


class Undisciplined(NamedTuple):
    """A use of a variable without its lock: its node and text, what is done, the lock, and a function that
    takes it."""

    node: ast.Attribute | ast.Name
    text: str
    done: str
    lock: str
    guarded_in: str


def undisciplined(module: Module, *, plain_reads: bool) -> list[Undisciplined]:
    """The first use in each function of what a lock guards elsewhere, with the lock not held."""
    found: dict[tuple[int, str], Undisciplined] = {}
    for variable, locks in module.keep("variables under locks", _written_under_locks).items():
        for function, key, use in _bare_uses(module, variable, locks, plain_reads):
            known = found.get((id(function), key))
            if known is None or use.node.lineno < known.node.lineno:
                found[id(function), key] = use
    # What two locks guard together is told once.
    return list({id(use.node): use for use in reversed(found.values())}.values())


def guarded_variables(module: Module) -> list[str]:
    """The names of the variables that are written while a lock is held."""
    return [variable.name for variable in module.keep("variables under locks", _written_under_locks)]


def _written_under_locks(module: Module) -> dict[Variable, dict[str, Lock]]:
    """
    The variables that are written while a lock is held, with those locks.

    Under a lock for tasks only what is used before an await and written after it needs the lock at all.
    """
    found: dict[Variable, dict[str, Lock]] = {}
    for lock, statement in locked_blocks(module):
        if not lock.is_shared or (lock.known is not None and lock.known.counted) or _is_never_made(module, lock):
            continue
        if isinstance(statement, ast.With):
            if lock.known is not None and lock.known.kind is not LockKind.THREAD:
                continue
        elif not lock.is_kind(LockKind.TASK):
            continue
        for variable in _written_in(module, statement):
            if _is_of_another(variable, lock):
                continue
            if isinstance(statement, ast.With) or _is_used_across_await(module, variable, statement):
                found.setdefault(variable, {})[lock.key] = lock
        if isinstance(statement, ast.AsyncWith):
            for variable in _looped_over(module, statement):
                found.setdefault(variable, {})[lock.key] = lock
    return found


def _is_never_made(module: Module, lock: Lock) -> bool:
    """Whether a class that has no bases takes a lock that it never gets: what takes it fails at once."""
    return (
        lock.owner is not None
        and not lock.owner.bases
        and not module.members(lock.owner).attributes.get(lock.key.rpartition(".")[2])
    )


def _is_used_across_await(module: Module, variable: Variable, statement: ast.AsyncWith) -> bool:
    """
    Whether a block needs its lock for a variable: it uses it, waits, and then assigns it; or it waits in a loop
    over it.
    """
    inside = set(own_parts(statement.body))
    waits = [part for part in inside if isinstance(part, _WAITING)]
    used = [access for access in accesses(module, variable) if access.node in inside]
    for access in used:
        if access.kind is AccessKind.ITERATE and _waits_in_loop(module, access):
            return True
        if access.kind not in (AccessKind.REBIND, AccessKind.UPDATE):
            continue
        stored = module.statement(access.node)
        for wait in waits:
            if module.statement(wait) is not stored and wait.lineno > access.node.lineno:
                continue
            if access.kind is AccessKind.UPDATE and module.statement(wait) is stored:
                # `x += await f()` reads x before it waits.
                return True
            if any(other.node.lineno <= wait.lineno and other.node is not access.node for other in used):
                return True
    return False


def _waits_in_loop(module: Module, access: Access) -> bool:
    """Whether a `for` loop over a variable waits in its body."""
    loop = module.enclosing(access.node, ast.For)
    if loop is None or not any(part is access.node for part in ast.walk(loop.iter)):
        return False
    return any(isinstance(part, _WAITING) for part in own_parts(loop.body))


def _looped_over(module: Module, statement: ast.AsyncWith) -> Iterator[Variable]:
    """The variables over which a block loops and waits meanwhile."""
    for part in own_parts(statement.body):
        if isinstance(part, ast.For):
            for node in ast.walk(part.iter):
                variable = variable_of(module, node) if isinstance(node, (ast.Attribute, ast.Name)) else None
                if variable is None:
                    continue
                for access in accesses(module, variable):
                    if (
                        access.node is node
                        and access.kind is AccessKind.ITERATE
                        and _waits_in_loop(module, access)
                    ):
                        yield variable


def _is_of_another(variable: Variable, lock: Lock) -> bool:
    """Whether the lock of one object stands around a variable of the module, which all objects have."""
    return variable.owner is None and lock.owner is not None and lock.text.startswith("self.")


def _written_in(module: Module, statement: ast.With | ast.AsyncWith) -> Iterator[Variable]:
    """The variables that the block of a `with` writes itself."""
    pending: list[ast.AST] = list(statement.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.Attribute, ast.Name)):
            variable = variable_of(module, node)
            if variable is not None:
                if access_kind(module, node) in WRITES:
                    yield variable
                continue
        if not isinstance(node, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            pending.extend(ast.iter_child_nodes(node))


def _bare_uses(
    module: Module, variable: Variable, locks: dict[str, Lock], plain_reads: bool
) -> Iterator[tuple[FunctionNode, str, Undisciplined]]:
    uses = [access for access in accesses(module, variable) if _counts(module, access)]
    for key, lock in locks.items():
        # Subclasses that each make `self.lock` for themselves have one lock an object.
        same = {other for other, one in locks.items() if one.text == lock.text}
        guarded = [access for access in uses if access.kind in WRITES and key in _held(module, access)]
        if lock.is_kind(LockKind.TASK):
            guarded = [*(one for one in guarded if _derives(module, one)), *_iterated(module, uses, key)]
        if not guarded:
            continue
        if all(_fills_once(module, access) for access in guarded) or _has_another_lock(module, uses, same):
            continue
        if _has_own_lock(module, variable, lock):
            continue
        if all(_loads(module, one) for one in _functions(module, guarded)) and not _is_named(variable, lock):
            # The lock keeps two from loading at once.
            continue
        if all(_empties(module, access) and _ENDING.match(_function_name(access)) for access in guarded):
            # The lock is there for the end alone.
            continue
        if all(_ends_process(module, one) for one in _functions(module, guarded)):
            continue
        if _is_handed_out(module, lock) or all(
            _asks_if_sealed(module, one) for one in _functions(module, guarded)
        ):
            # Who has got the lock may hold it; what is sealed does not change any more.
            continue
        holders = {id(_method(module, access)) for access in guarded}
        writers = {
            id(_method(module, access)) for access in uses if access.kind in WRITES and _is_bare(module, access)
        }
        working = {
            id(one)
            for one in _functions(module, [use for use in uses if use.kind in WRITES and _is_bare(module, use)])
            if not _ENDING.match(one.name) and not _prepares(module, one)
        }
        # More functions write it without the lock than with it, or the lock has another's name: what they only
        # assign is not what it guards.
        bare = len(writers - holders)
        is_of_another = _is_named_after_another(module, variable, lock)
        is_beside = bare > max(2, len(holders)) or is_of_another
        # A lock that one function alone takes around the variable, and that is not called after it, may be there
        # for something else.
        takers = {id(_method(module, access)) for access in uses if key in _held(module, access)}
        is_sure = len(takers) > 1 or _is_named(variable, lock) or _is_held_for(module, guarded, uses)
        if len(takers) < _MANY and _is_named_otherwise(variable, lock):
            continue
        holder = _method(module, guarded[0])
        assert holder is not None, "what counts stands in a function"
        for access in uses:
            function = _method(module, access)
            if function is None or id(function) in holders or not _is_bare(module, access):
                continue
            if _makes(module, function, key) or _prepares(module, function) or _is_alone_as_it_says(function):
                continue
            if not lock.is_kind(LockKind.TASK) and _has_lock_for_tasks(module, function):
                continue
            if not lock.is_kind(LockKind.TASK) and _is_on_loop(module, function, 0):
                if all(_is_on_loop(module, one, 0) for one in _functions(module, guarded)):
                    # All of them run on one event loop, one after the other: the lock is there for something else.
                    continue
            if not lock.is_kind(LockKind.TASK) and _is_on_loop(module, function, 0) and not _has_threads(module):
                # The module has coroutines and no thread: who would take the lock meanwhile is not seen.
                continue
            if function.name in _DESCRIBING:
                continue
            if _is_without(module, function, lock) and (
                access.kind is not AccessKind.REBIND or _is_overridden(module, function, lock)
            ):
                continue
            if _ends_process(module, function) or _is_spoken_of(module, access) or _has_joined(module, access):
                continue
            if _starts_workers_below(module, access) or _emits(module, function):
                continue
            if _is_beside_owner(module, function, lock) or _is_closed_before(module, access, lock):
                continue
            if _gives_back(module, access):
                continue
            if _starts_anew(module, access):
                continue
            if not (is_sure or _breaks_by_itself(module, access) or _loses_emptying(module, access, guarded)):
                continue
            if _is_wholly_replaced(module, access) or _keeps_first(module, access):
                continue
            others = len(working - holders - {id(function)})
            is_usual = others >= len(holders) if access.kind is AccessKind.ITERATE else others > len(holders)
            if access.kind in (AccessKind.ITERATE, AccessKind.MUTATE) and others and is_usual:
                # Most that add or take out do so without it: it is there for a step of its own.
                continue
            if access.kind is AccessKind.REBIND and (is_beside or _is_given(module, access)):
                # What somebody sets as a whole counts, whatever was there before.
                continue
            if access.kind is AccessKind.UPDATE and all(_resets(module, one) for one in guarded):
                # Nobody counts under the lock: it is there for the rest, and the counter begins again.
                continue
            if _answers_signal(access) or _is_handled_pop(module, access) or _is_told_once(module, access):
                continue
            if _is_of_another_entry(module, access, guarded):
                continue
            if lock.is_kind(LockKind.TASK):
                if not _is_fault_among_tasks(module, access, guarded):
                    continue
            elif not _is_fault(module, access, guarded, plain_reads) or _stores_entry(module, access, holders):
                continue
            else:
                if access.kind is not AccessKind.READ and not _is_spoilt(
                    module, access, variable, guarded, uses, key
                ):
                    continue
                is_met = not is_of_another and any(
                    _needs_steps(module, one, uses, key) and not _may_be_gone(module, access, one, uses)
                    for one in guarded
                )
                if _is_one_step(module, access, uses) and not is_met:
                    continue
            text, done = module.text(access.node), _DONE[access.kind]
            yield function, key, Undisciplined(access.node, text, done, lock.text, holder.name)


def _is_spoilt(
    module: Module, access: Access, variable: Variable, guarded: list[Access], uses: list[Access], key: str
) -> bool:
    """Whether a use among threads is certain to meet the steps of a holder of the lock some day."""
    if is_figure(variable) and counts(module, access):
        return False
    if access.kind is AccessKind.REBIND:
        if _loses_emptying(module, access, guarded):
            return True
        # What is let go, or made on first use, is there again when it is asked for.
        return not (_sets_constant(module, access) or _is_made_on_first_use(module, access)) and (
            _derives(module, access)
            or _is_tested_around(module, access)
            or _is_swapped(module, access)
            or _is_read_before(module, access)
        )
    function = access.function
    assert isinstance(function, _FUNCTIONS), "what counts stands in a function"
    if _runs_before_start(module, function) or not _is_asked_by_others(module, access, guarded):
        return False
    return spoils(module, access, guarded, [one for one in uses if key in _held(module, one)])


def _is_swapped(module: Module, access: Access) -> bool:
    """Whether one statement takes the value and stores another: `taken, self.left = self.left, 0`."""
    statement = module.statement(access.node)
    variable = variable_of(module, access.node)
    return isinstance(statement, ast.Assign) and _reads(module, statement.value, variable)


def _is_asked_by_others(module: Module, access: Access, guarded: list[Access]) -> bool:
    """
    Whether others call the function of a use and one that takes the lock, or threads of the module run one.

    Steps of a program, `_collect()` and then `_report()`, come one after the other.
    """
    function = _method(module, access)
    if function is None or function.name in _WHOLE_RUN:
        return False
    running = in_threads(module)
    others = _functions(module, guarded)
    if function in running or any(one in running for one in others):
        return True
    return _is_open(module, function) and any(_is_open(module, one) for one in others)


def _is_open(module: Module, function: FunctionNode) -> bool:
    """Whether others may call a function, or one of this module that calls it."""
    if _is_public(function):
        return True
    above = [module.function_of(call) for call in callers(module, function).calls]
    return any(isinstance(one, _FUNCTIONS) and _is_public(one) for one in above)


def _is_public(function: FunctionNode) -> bool:
    if function.name in _WHOLE_RUN or function.name in ("__init__", "__new__"):
        return False
    return not function.name.startswith("_") or function.name.endswith("__")


_WHOLE_RUN = frozenset({"main", "run", "run_forever", "wait", "wait_for_all"})


def _runs_before_start(module: Module, function: FunctionNode) -> bool:
    """Whether all that call a private function without a lock are about to start the workers."""
    if not function.name.startswith("_"):
        return False
    known = callers(module, function)
    bare = [
        caller
        for call in known.calls
        if not held_at(module, call) and not held_by_callers(module, caller := module.function_of(call))
    ]
    return (
        not known.references
        and bool(bare)
        and all(isinstance(caller, _FUNCTIONS) and _STARTING.match(caller.name) for caller in bare)
    )


def _is_held_for(module: Module, guarded: list[Access], uses: list[Access]) -> bool:
    """Whether each statement of the blocks over the lock has to do with the variable: they guard nothing else."""
    for access in guarded:
        block = block_around(module, access.node)
        if not isinstance(block, (ast.With, ast.AsyncWith)):
            return False
        lines = {use.node.lineno for use in uses if use.function is access.function}
        for part in own_parts(block.body):
            if isinstance(part, ast.stmt) and not hasattr(part, "body"):
                if lines.isdisjoint(range(part.lineno, (part.end_lineno or part.lineno) + 1)):
                    return False
    return True


def _is_handed_out(module: Module, lock: Lock) -> bool:
    """Whether a function of the module gives the lock to others, who take it around what they call."""
    for statement in module.nodes(ast.Return):
        value = statement.value
        if isinstance(value, (ast.Attribute, ast.Name)):
            given = lock_of(module, value)
            if given is not None and given.key == lock.key:
                return True
    return False


def _asks_if_sealed(module: Module, function: FunctionNode) -> bool:
    """Whether a function refuses to change what has been sealed: `if self._frozen: raise`."""
    for part in module.own_nodes(function):
        if isinstance(part, ast.If) and any(isinstance(one, ast.Raise) for one in part.body):
            if isinstance(part.test, (ast.Attribute, ast.Name)) and _SEALED.search(last_name(part.test)):
                return True
    return False


_SEALED = pattern(r"(?:frozen|freeze|sealed|finali[sz]ed|locked)$")


def _is_beside_owner(module: Module, function: FunctionNode, lock: Lock) -> bool:
    """Whether a function belongs to a class that has not got the lock: another subclass of the same base."""
    holder = module.class_of(function)
    if lock.owner is None or holder is None or holder is lock.owner:
        return False
    own, other = module.definition(holder), module.definition(lock.owner)
    ancestry = module.instances.ancestry
    return other not in ancestry(own) and own not in ancestry(other)


def _gives_back(module: Module, access: Access) -> bool:
    """Whether the function gives a lock back after a use, and has not taken it itself: somebody did before."""
    lines = [call.lineno for call in module.calls_named("release") if module.function_of(call) is access.function]
    if not lines or min(lines) < access.node.lineno:
        return False
    return not any(module.function_of(call) is access.function for call in module.calls_named("acquire"))


def _resets(module: Module, access: Access) -> bool:
    """Whether a write begins anew: it stores a constant, or what bears the name of one."""
    if _sets_constant(module, access):
        return True
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
    return isinstance(value, ast.Name) and value.id.isupper()


def _is_closed_before(module: Module, access: Access, lock: Lock) -> bool:
    """
    Whether the function has set an event, or a flag, under the lock before it goes through what is there.

    Those that add under the lock ask for it first, and add nothing more.
    """
    if access.kind is not AccessKind.ITERATE:
        return False
    for held, statement in locked_blocks(module):
        if held.key != lock.key or module.function_of(statement) is not access.function:
            continue
        if (statement.end_lineno or 0) >= access.node.lineno:
            continue
        for part in statement.body:
            if isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant) and part.value.value is True:
                return True
            if isinstance(part, ast.Expr) and last_name(part.value) == "set" and isinstance(part.value, ast.Call):
                return True
    return False


def _emits(module: Module, function: FunctionNode) -> bool:
    """Whether a function is the `emit` of a handler of `logging`, which calls it with a lock of its own held."""
    holder = module.class_of(function)
    if function.name != "emit" or holder is None or not module.imports("logging"):
        return False
    return any(last_name(base).endswith("Handler") for base in holder.bases)


def _breaks_by_itself(module: Module, access: Access) -> bool:
    """Whether a use is wrong with any other one at the same time: it counts, or goes through what changes."""
    if access.kind in (AccessKind.UPDATE, AccessKind.ITERATE):
        return True
    parent = module.parent(access.node)
    return isinstance(parent, ast.Subscript) and isinstance(module.parent(parent), ast.AugAssign)


def _is_emptied(module: Module, access: Access) -> bool:
    """Whether the function that goes through a variable also writes it: what came meanwhile is lost."""
    variable = variable_of(module, access.node)
    return variable is not None and any(
        other.kind in WRITES and other.function is access.function for other in accesses(module, variable)
    )


def _functions(module: Module, uses: list[Access]) -> list[FunctionNode]:
    """The functions and methods that a list of uses stands in."""
    return [function for use in uses if (function := _method(module, use)) is not None]


def _is_named(variable: Variable, lock: Lock) -> bool:
    """Whether the lock says by its name that it guards the variable: `_rooms_lock` and `_rooms`."""
    name = _LOCK_END.sub("", lock.text.rpartition(".")[2]).strip("_").lower()
    return bool(name) and name in variable.name.lower()


def _is_on_loop(module: Module, function: FunctionNode, depth: int) -> bool:
    """Whether a function runs on the event loop: a coroutine, one that asks for it, or what only these call."""
    if isinstance(function, ast.AsyncFunctionDef):
        return True
    if any(module.function_of(call) is function for call in module.calls_named(*_OF_LOOP)):
        return True
    known = callers(module, function)
    if depth >= _DEEPEST or not function.name.startswith("_") or known.references or not known.calls:
        return False
    above = [module.function_of(call) for call in known.calls]
    return all(isinstance(caller, _FUNCTIONS) and _is_on_loop(module, caller, depth + 1) for caller in above)


def _has_threads(module: Module) -> bool:
    """Whether the module has to do with threads: it starts some, or hands work to those of a pool."""
    return module.keep("has to do with threads", _find_threads)


def _find_threads(module: Module) -> bool:
    if any(module.calls_named(*_HANDING_OVER)):
        return True
    return any(module.callee(call) in _WORKERS for call in module.calls_named("Thread", "Timer"))


_HANDING_OVER = (
    "ThreadPoolExecutor",
    "run_coroutine_threadsafe",
    "run_in_executor",
    "run_sync",
    "submit",
    "to_thread",
)
_DESCRIBING = frozenset({"__repr__", "__str__", "__format__"})
_LISTS = ("builtins.list", "typing.List")
_DEEPEST = 3
_OF_LOOP = ("get_running_loop", "create_task", "ensure_future")


def _adds_at_the_end(module: Module, access: Access) -> bool:
    """Whether a use puts something at the end, or in the place, of what a list holds."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Attribute):
        return parent.attr in ("append", "extend")
    return isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store)


def _is_named_after_another(module: Module, variable: Variable, lock: Lock) -> bool:
    """Whether the lock has the name of another attribute of its class: `_task_lock` guards `_task`."""
    if lock.owner is None:
        return False
    name = _LOCK_END.sub("", lock.text.rpartition(".")[2]).strip("_").lower()
    own = variable.name.strip("_").lower()
    if not name or name in own or own in name:
        return False
    others = {attribute.strip("_").lower() for attribute in module.members(lock.owner).attributes}
    return name in others


def _is_named_otherwise(variable: Variable, lock: Lock) -> bool:
    """Whether the lock says by its name that it guards something else: `_task_id_lock` beside `tasks`."""
    last = lock.text.rpartition(".")[2]
    words = set(_LOCK_END.sub("", last).lower().split("_")) - {""}
    if not words or _LOCK_END.search(last) is None or words <= _OF_ANYTHING:
        return False
    own = variable.name.strip("_").lower()
    return not all(word.rstrip("s") in own for word in words - _OF_ANYTHING)


_MANY = 3
_OF_ANYTHING = frozenset(
    {
        *("access", "cache", "class", "data", "dict", "global", "guard", "instance", "internal", "list", "map"),
        *("registry", "read", "rw", "shared", "state", "store", "sync", "table", "thread", "update", "write"),
    }
)


def _has_own_lock(module: Module, variable: Variable, lock: Lock) -> bool:
    """Whether the class has another lock that bears the variable's name: `tags_lock` for `tags`."""
    if lock.owner is None:
        return False
    used = lock.text.rpartition(".")[2]
    own = variable.name.strip("_").lower()
    others = {name for name in module.members(lock.owner).attributes if name != used and _LOCK_END.search(name)}
    return any(_LOCK_END.sub("", name).strip("_").lower() == own for name in others)


def _has_another_lock(module: Module, uses: list[Access], keys: set[str]) -> bool:
    """
    Whether the variable is also written under other locks alone, or is used more often under them: then it is not
    this one that guards it.
    """
    used = [(access, held) for access in uses if (held := _held(module, access))]
    others = [access for access, held in used if keys.isdisjoint(held)]
    return any(access.kind in WRITES for access in others) or 2 * len(others) > len(used)


def _held(module: Module, access: Access) -> frozenset[str]:
    return access.held.keys | held_by_callers(module, access.function).keys


def _is_bare(module: Module, access: Access) -> bool:
    """Whether a use is known to run with nothing held."""
    if access.held or held_by_callers(module, access.function):
        return False
    return isinstance(access.function, _FUNCTIONS) and may_run_bare(module, access.function)


def _prepares(module: Module, function: FunctionNode) -> bool:
    """Whether a function fills an object before others have it, by its name or the names of all who call it."""
    if _PREPARING.match(function.name):
        return True
    callers = [module.function_of(call) for call in module.calls_by_name().get(function.name, ())]
    return (
        function.name.startswith("_")
        and bool(callers)
        and all(isinstance(caller, _FUNCTIONS) and _PREPARING.match(caller.name) for caller in callers)
    )


def _loads(module: Module, function: FunctionNode) -> bool:
    """Whether a function loads or unloads everything, by its name or the names of all who call it."""
    if _LOADING.match(function.name):
        return True
    above = [module.function_of(call) for call in callers(module, function).calls]
    return (
        function.name.startswith("_")
        and bool(above)
        and all(isinstance(caller, _FUNCTIONS) and _LOADING.match(caller.name) for caller in above)
    )


def _is_alone_as_it_says(function: FunctionNode) -> bool:
    """Whether a function says that nothing else runs meanwhile: it is there for tests, or for one thread."""
    said = ast.get_docstring(function) or ""
    return _FOR_TESTS.search(said) is not None or _ALONE.search(said) is not None


_ALONE = pattern(r"\bsingle[- ]thread|\bnot thread[- ]safe|\b(?:at|on|during) import\b", re.IGNORECASE)


_FOR_TESTS = pattern(
    r"\b(?:for|in|by|between) (?:unit )?tests?\b|\btest(?:ing)?[- ](?:hook|only|helper)", re.IGNORECASE
)


def _has_lock_for_tasks(module: Module, function: FunctionNode) -> bool:
    """Whether a coroutine is called by one that holds a lock for tasks: it cannot wait for one for threads."""
    if not isinstance(function, ast.AsyncFunctionDef):
        return False
    for call in module.calls_by_name().get(function.name, ()):
        caller = module.function_of(call)
        if isinstance(caller, ast.AsyncFunctionDef) and "locked" in caller.name:
            return True
        block = module.enclosing(call, ast.AsyncWith)
        if block is not None and any("lock" in module.source(item.context_expr).lower() for item in block.items):
            return True
    return False


def _answers_signal(access: Access) -> bool:
    """Whether a handler of signals runs a use: it interrupts whoever holds the lock, and would wait for ever."""
    if not isinstance(access.function, _FUNCTIONS):
        return False
    arguments = [argument.arg for argument in access.function.args.args]
    return len(arguments) >= 2 and arguments[-1] == "frame"


def _is_handled_pop(module: Module, access: Access) -> bool:
    """Whether a use takes one entry out, and has an answer where there is none: one step, whoever is first."""
    method = module.parent(access.node)
    if not isinstance(method, ast.Attribute) or method.attr not in ("pop", "popitem", "popleft"):
        return False
    child: ast.AST = access.node
    for ancestor in module.ancestors(access.node):
        if isinstance(ancestor, ast.Try) and child in ancestor.body:
            caught = {last_name(part) for one in ancestor.handlers for part in ast.walk(one.type or one)}
            return not caught.isdisjoint({"IndexError", "KeyError", "LookupError"})
        if isinstance(ancestor, _FUNCTIONS):
            return False
        child = ancestor
    return False


def _is_told_once(module: Module, access: Access) -> bool:
    """
    Whether a write only remembers that something was logged.

    `if not x: log(...); x = True`, the same for `x[key]`, and `if key not in x: x.add(key); log(...)`.
    """
    statement = module.statement(access.node)
    block = module.parent(statement)
    if not isinstance(block, ast.If) or statement not in block.body:
        return False
    value = statement.value if isinstance(statement, (ast.Assign, ast.Expr)) else None
    if isinstance(statement, ast.Assign):
        remembers = isinstance(value, ast.Constant) and value.value is True
    else:
        remembers = isinstance(value, ast.Call) and last_name(value) == "add"
    others = [one for one in block.body if one is not statement]
    return (
        remembers
        and (bool(others) or isinstance(statement, ast.Assign))
        and all(isinstance(one, ast.Expr) and last_name(one.value) in LEVELS for one in others)
    )


def _is_without(module: Module, function: FunctionNode, lock: Lock) -> bool:
    """Whether a function belongs to a base class of the one that has the lock, whose own instances have none."""
    holder = module.class_of(function)
    if lock.owner is None or holder is None or holder is lock.owner:
        return False
    return module.definition(holder) in module.instances.ancestry(module.definition(lock.owner))


def _makes(module: Module, function: FunctionNode, key: str) -> bool:
    """Whether a function makes the lock: then nobody else has it yet."""
    for node in module.own_nodes(function):
        if isinstance(node, (ast.Attribute, ast.Name)) and not isinstance(node.ctx, ast.Load):
            lock = lock_of(module, node)
            if lock is not None and lock.key == key:
                return True
    return False


def _is_fault(module: Module, access: Access, guarded: list[Access], plain_reads: bool) -> bool:
    """Whether the use can meet what the others do under the lock: plain assignments to each other cannot."""
    kinds = {other.kind for other in guarded}
    if access.kind in (AccessKind.UPDATE, AccessKind.MUTATE):
        return not _empties(module, access) or not (
            _ENDING.match(_function_name(access)) or _starts_workers(module, access.function)
        )
    if access.kind is AccessKind.ITERATE:
        # A container that is only ever replaced may be gone through by whoever got it; so may a list that grows.
        return any(
            other.kind is AccessKind.MUTATE and not _adds_at_the_end(module, other) for other in guarded
        ) or (
            AccessKind.MUTATE in kinds
            and (module.instance_of(access.node) not in _LISTS or _is_emptied(module, access))
        )
    if access.kind is AccessKind.READ:
        return plain_reads
    assert isinstance(access.function, _FUNCTIONS)
    if _starts_or_joins(module, access.function):
        return False
    if _ENDING.match(access.function.name) and _is_first_state(module.statement(access.node)):
        # At the end, or where it starts anew, nobody asks what was there.
        return False
    if _sets_constant(module, access):
        if not _is_tested_around(module, access) and not _is_read_before(module, access):
            return _loses_emptying(module, access, guarded)
    if AccessKind.UPDATE in kinds or AccessKind.MUTATE in kinds:
        return True
    if _sets_constant(module, access):
        # What is made on first use under the lock is let go: who holds the old one goes on with it.
        return not _clears(module, access) and _is_tested_around(module, access)
    if all(_clears(module, other) for other in guarded):
        # Who only clears it under the lock takes leave of the old one: it is made again when it is asked for.
        return False
    if _is_made_on_first_use(module, access) and all(_is_made_on_first_use(module, other) for other in guarded):
        # Whoever is first: both would store it only where nobody has.
        return False
    if _is_tested_around(module, access):
        return True
    return any(_is_tested_around(module, other) and not _clears(module, other) for other in guarded)


def _loses_emptying(module: Module, access: Access, guarded: list[Access]) -> bool:
    """Whether a use empties a cache that others load under the lock: what they load is stored after it."""
    return _forgets(module, access) and any(_is_loaded(module, one) for one in guarded)


def _forgets(module: Module, access: Access) -> bool:
    """Whether a write empties a cache that is loaded anew: `def clear_cache(self): self._cache = None`."""
    name = access.node.attr if isinstance(access.node, ast.Attribute) else access.node.id
    function = _function_name(access)
    return (
        _clears(module, access)
        and _FORGETTING.match(function) is not None
        and ("cache" in name.lower() or "cache" in function or "invalidate" in function)
    )


_FORGETTING = pattern(r"_*(?:bust|clear|drop|expire|flush|invalidate|purge|refresh|reload|reset)(?:_|$)")


def _is_loaded(module: Module, access: Access) -> bool:
    """
    Whether a write stores, at the end of its block, what calls in that block have loaded.

    Who empties the cache meanwhile without the lock has done so in vain: what is older is stored after it.
    """
    parent = module.parent(access.node)
    block = block_around(module, access.node)
    if not isinstance(parent, (ast.Assign, ast.AnnAssign)) or not isinstance(block, (ast.With, ast.AsyncWith)):
        return False
    made = parent.value
    if (
        isinstance(made, ast.Call)
        and isinstance(made.func, ast.Name)
        and made.func.id in ("list", "dict", "set", "tuple")
    ):
        made = made.args[0] if made.args else None
    if isinstance(made, ast.Name):
        values = [binding.value for binding in module.bindings(made)]
        inside = set(own_parts(block.body))
        return any(_loads_data(module, value) and value in inside for value in values)
    return _loads_data(module, made)


def _loads_data(module: Module, value: ast.expr | None) -> bool:
    """Whether a value comes from a call that is neither built in nor a constructor: an object is made anew."""
    if isinstance(value, ast.Await):
        value = value.value
    if not isinstance(value, ast.Call) or last_name(value).lstrip("_")[:1].isupper():
        return False
    return not (module.callee(value) or "").startswith(("builtins.", "time.", "collections."))


def _sets_constant(module: Module, access: Access) -> bool:
    """Whether a write stores a number, text, True, False or None."""
    parent = module.parent(access.node)
    return isinstance(parent, (ast.Assign, ast.AnnAssign)) and isinstance(parent.value, ast.Constant)


def _is_read_before(module: Module, access: Access) -> bool:
    """Whether the function that writes a variable has looked at it above: what others do in between is lost."""
    variable = variable_of(module, access.node)
    return variable is not None and any(
        other.function is access.function and isinstance(other.node.ctx, ast.Load)
        for other in accesses(module, variable)
        if other.node.lineno <= access.node.lineno
    )


def _is_one_step(module: Module, access: Access, uses: list[Access]) -> bool:
    """
    Whether a use is one operation of the container, and all that its function does with it.

    The interpreter runs it without a break: it gets in the way only of who needs several.
    """
    if access.kind is AccessKind.REBIND:
        # An empty one in its place: what was stored in the old one meanwhile came before it.
        return _is_emptying(module, access) and not _is_read_before(module, access)
    if access.kind is not AccessKind.MUTATE:
        return False
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript) and isinstance(module.parent(parent), ast.AugAssign):
        return False
    method = _method(module, access)
    others = [other for other in uses if other is not access and _method(module, other) is method]
    if _is_queued(module, access):
        return all(_measures(module, other) for other in others)
    if not _changes_one(module, access):
        return not others
    # Entries that are stored and taken out whatever was there; and one that is looked at before it is taken out.
    is_taken = isinstance(parent, ast.Attribute)
    return all(_changes_one(module, other) or (is_taken and _gets(module, other)) for other in others)


def _is_emptying(module: Module, access: Access) -> bool:
    """Whether a write puts an empty container in the place of what was there: `self._entries = {}`."""
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, (ast.List, ast.Set, ast.Tuple)):
        return not value.elts
    return isinstance(value, ast.Call) and not value.args and module.instance_of(value) in CONTAINERS


def _needs_steps(module: Module, access: Access, uses: list[Access], key: str) -> bool:
    """Whether a holder of the lock does several things with the variable before it gives the lock back."""
    if access.kind is AccessKind.UPDATE or _loops(module, uses, key):
        return True
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript) and isinstance(module.parent(parent), ast.AugAssign):
        return True
    block = block_around(module, access.node)
    if block is access.node:
        # The callers hold it for the whole function.
        return any(other is not access and other.function is access.function for other in uses)
    return any(other is not access and block_around(module, other.node) is block for other in uses)


def _is_queued(module: Module, access: Access) -> bool:
    """Whether a use puts something at an end of a list or deque, as for who takes it out at another."""
    parent = module.parent(access.node)
    return isinstance(parent, ast.Attribute) and parent.attr in ("append", "appendleft")


def _measures(module: Module, access: Access) -> bool:
    """Whether a use asks how much there is: `len(x)`, `if x:`."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Call):
        return access.node in parent.args and last_name(parent) == "len"
    return isinstance(parent, (ast.If, ast.UnaryOp, ast.BoolOp))


def _changes_one(module: Module, access: Access) -> bool:
    """Whether a use stores or takes out one entry, whatever was there: `x[key] = value`, `x.pop(key, None)`."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.ctx, ast.Store) and not isinstance(module.parent(parent), ast.AugAssign)
    if not isinstance(parent, ast.Attribute) or parent.attr not in ("pop", "discard", "setdefault"):
        return False
    call = module.parent(parent)
    return isinstance(call, ast.Call) and (last_name(call) == "discard" or len(call.args) > 1)


def _gets(module: Module, access: Access) -> bool:
    """Whether a use looks for an entry: `x.get(key)`."""
    parent = module.parent(access.node)
    return isinstance(parent, ast.Attribute) and parent.attr == "get"


def _takes_one(module: Module, access: Access) -> bool:
    """Whether a use leaves what is being put into a list or deque where it is: it takes one out, or looks."""
    if access.kind in (AccessKind.READ, AccessKind.ITERATE):
        return True
    parent = module.parent(access.node)
    return isinstance(parent, ast.Attribute) and parent.attr in ("append", "pop", "popleft", "remove")


def _may_be_gone(module: Module, access: Access, guarded: Access, uses: list[Access]) -> bool:
    """
    Whether the holder of the lock gets along with what a use puts into a queue, or takes out of a dict.

    It does where it takes out of the queue one by one; and where it only asks whether there is an entry, and
    stores one: as if the entry had gone a moment later.
    """
    if _is_queued(module, access):
        is_list = module.instance_of(access.node) in _LISTS
        return all(
            _takes_one(module, other) and (is_list or other.kind is not AccessKind.ITERATE)
            for other in uses
            if other.function is guarded.function
        )
    parent = module.parent(access.node)
    stores = isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store)
    if stores or (isinstance(parent, ast.Attribute) and parent.attr == "setdefault"):
        return not any(other.kind is AccessKind.ITERATE and _held(module, other) for other in uses) and all(
            _asks_for(module, other)
            or _takes_out(module, other)
            or (_changes_one(module, other) and not _fills_missing(module, other))
            for other in uses
            if other.function is guarded.function
        )
    takes = isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Del)
    takes = takes or (isinstance(parent, ast.Attribute) and parent.attr in ("pop", "discard"))
    if not takes or guarded.kind is not AccessKind.MUTATE:
        return False
    for other in uses:
        if other.function is guarded.function:
            is_asked = _asks_for(module, other) or _gets(module, other)
            if not is_asked and not _changes_one(module, other):
                return False
    return True


def _asks_for(module: Module, access: Access) -> bool:
    """Whether a use asks if there is an entry: `key in x`."""
    place = module.parent(access.node)
    return isinstance(place, ast.Compare) and isinstance(place.ops[0], (ast.In, ast.NotIn))


def _takes_out(module: Module, access: Access) -> bool:
    """Whether a use takes out one entry."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.ctx, ast.Del)
    return isinstance(parent, ast.Attribute) and parent.attr in ("pop", "discard", "remove")


def _fills_missing(module: Module, access: Access) -> bool:
    """Whether a use stores an entry since there was none: what another one has stored meanwhile is lost."""
    variable = variable_of(module, access.node)
    if not isinstance(access.function, _FUNCTIONS):
        return False
    for part in module.own_nodes(access.function):
        if not isinstance(part, ast.If):
            continue
        asked = {
            place.ops[0].__class__ if isinstance(place, ast.Compare) else None
            for name in ast.walk(part.test)
            if isinstance(name, (ast.Attribute, ast.Name)) and variable_of(module, name) == variable
            for place in [module.parent(name)]
        }
        if asked:
            is_below = any(one is access.node for statement in part.body for one in ast.walk(statement))
            leaves = isinstance(part.body[-1], (ast.Return, ast.Raise, ast.Continue))
            if (ast.In in asked and leaves) or (asked != {ast.In} and is_below):
                return True
    return False


def _starts_anew(module: Module, access: Access) -> bool:
    """Whether a use is one of many in its function that make the whole object as it was at first."""
    if not isinstance(access.function, _FUNCTIONS) or not _is_first_state(module.statement(access.node)):
        return False
    number = 0
    for part in module.own_nodes(access.function):
        if isinstance(part, (ast.Assign, ast.AnnAssign, ast.Expr)) and _is_first_state(part):
            number += 1
    return number >= _WHOLE_STATE


_WHOLE_STATE = 4


def _is_first_state(statement: ast.stmt) -> bool:
    """Whether a statement empties an attribute, or stores a constant or an empty container in it."""
    if isinstance(statement, ast.Expr):
        call = statement.value
        return isinstance(call, ast.Call) and last_name(call) == "clear" and isinstance(call.func, ast.Attribute)
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    value = getattr(statement, "value", None)
    return all(isinstance(target, ast.Attribute) for target in targets) and (
        isinstance(value, ast.Constant)
        or (isinstance(value, (ast.List, ast.Set, ast.Tuple)) and not value.elts)
        or (isinstance(value, ast.Dict) and not value.keys)
        or (isinstance(value, ast.Call) and not value.args and not value.keywords)
    )


def _loops(module: Module, uses: list[Access], key: str) -> bool:
    """Whether someone goes through the variable under the lock."""
    return any(access.kind is AccessKind.ITERATE and key in _held(module, access) for access in uses)


def _is_overridden(module: Module, function: FunctionNode, lock: Lock) -> bool:
    """Whether the class that has the lock has a method of its own in place of a function of its base."""
    assert lock.owner is not None, "a base class was asked about"
    return any(isinstance(part, _FUNCTIONS) and part.name == function.name for part in lock.owner.body)


def _ends_process(module: Module, function: FunctionNode) -> bool:
    """Whether a function is handed to `atexit`: it runs when the threads have ended."""
    if not module.imports("atexit"):
        return False
    for call in module.calls_named("register", "unregister"):
        if module.callee(call) in ("atexit.register", "atexit.unregister"):
            if any(last_name(argument) == function.name for argument in call.args[:1]):
                return True
    return any(module.qualname(decorator) == "atexit.register" for decorator in function.decorator_list)


def _is_spoken_of(module: Module, access: Access) -> bool:
    """Whether the comment right above a use, or beside it, says why it goes without the lock."""
    line = module.statement(access.node).lineno
    said = [module.lines[line - 1].partition("#")[2]]
    while line > 1 and module.lines[line - 2].lstrip().startswith("#"):
        line -= 1
        said.append(module.lines[line - 1].strip(" \t\r\n#"))
    return _WITHOUT_LOCK.search(" ".join(reversed(said))) is not None


_WITHOUT_LOCK = pattern(
    r"\b(?:without|no|not|needs?|needed|unnecessary|outside|avoid|holds?|holding|held|under)\b[^.]{0,40}(?:lock|mutex)"
    r"|(?:lock|mutex)\b[^.]{0,40}\b(?:not|unnecessary|needless|held|hold)\b"
    r"|lock-?free|\batomic|\bGIL\b|thread[- ]safe",
    re.IGNORECASE,
)


def _is_wholly_replaced(module: Module, access: Access) -> bool:
    """Whether a use puts other values in the place of all, in one step: `counts[:] = [0] * len(counts)`."""
    parent = module.parent(access.node)
    return (
        isinstance(parent, ast.Subscript)
        and isinstance(parent.ctx, ast.Store)
        and isinstance(parent.slice, ast.Slice)
        and parent.slice.lower is None
        and parent.slice.upper is None
    )


def _is_given(module: Module, access: Access) -> bool:
    """Whether a write stores a parameter of the function as it is."""
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
    if not isinstance(value, ast.Name):
        return False
    bindings = module.bindings(value)
    return bool(bindings) and all(binding.kind is BindingKind.PARAMETER for binding in bindings)


def _stores_entry(module: Module, access: Access, holders: set[int]) -> bool:
    """
    Whether a use stores one entry, `x[key] = value`, that its own callers have made under the lock.

    That is one step, and nobody else has to do with the entry.
    """
    if access.kind is not AccessKind.MUTATE or not isinstance(access.function, _FUNCTIONS):
        return False
    entry = module.parent(access.node)
    stored = module.parent(entry) if isinstance(entry, ast.Subscript) else None
    if isinstance(stored, ast.Tuple):
        stored = module.parent(stored)
    if not isinstance(stored, ast.Assign):
        return False
    text, entry_text = module.text(access.node), module.text(entry) if entry is not None else ""
    for part in ast.walk(stored.value):
        if isinstance(part, (ast.Attribute, ast.Name)) and module.text(part) == text:
            read = module.parent(part)
            if not isinstance(read, ast.Subscript) or module.text(read) != entry_text:
                return False
    known = callers(module, access.function)
    places = [*known.calls, *known.references]
    return bool(places) and all(id(module.function_of(place)) in holders for place in places)


def _clears(module: Module, access: Access) -> bool:
    """Whether a write stores None."""
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
    return isinstance(value, ast.Constant) and value.value is None


def _derives(module: Module, access: Access) -> bool:
    """Whether a write stores what was worked out of the variable's old value."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.AugAssign):
        # `x += 1` reads x anew; `x += await f()` has read it before it waits.
        return any(isinstance(part, _WAITING) for part in ast.walk(parent.value))
    if not isinstance(parent, (ast.Assign, ast.AnnAssign)) or parent.value is None:
        return False
    variable = variable_of(module, access.node)
    if _reads(module, parent.value, variable):
        # So does `x = x[1:]`.
        return any(isinstance(part, _WAITING) for part in ast.walk(parent.value))
    values: list[ast.expr] = []
    for part in ast.walk(parent.value):
        if isinstance(part, ast.Name):
            values.extend(binding.value for binding in module.bindings(part) if binding.value is not None)
    return any(_reads(module, value, variable) for value in values)


def _reads(module: Module, value: ast.expr, variable: Variable | None) -> bool:
    """Whether an expression reads a variable."""
    return any(
        variable_of(module, part) == variable
        for part in ast.walk(value)
        if isinstance(part, (ast.Attribute, ast.Name))
    )


def _keeps_first(module: Module, access: Access) -> bool:
    """Whether a write keeps what is there already: `self.error = self.error or error`."""
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, ast.Assign) else None
    return (
        isinstance(value, ast.BoolOp)
        and isinstance(value.op, ast.Or)
        and module.source(value.values[0]) == module.source(access.node)
    )


def _iterated(module: Module, uses: list[Access], key: str) -> list[Access]:
    return [
        access
        for access in uses
        if access.kind is AccessKind.ITERATE and key in _held(module, access) and _waits_in_loop(module, access)
    ]


def _is_fault_among_tasks(module: Module, access: Access, guarded: list[Access]) -> bool:
    """
    Whether a use can come in between while a task that holds the lock waits, and be lost or break its loop.

    An entry of a dict that is stored meanwhile stays there.
    """
    if access.kind in (AccessKind.UPDATE, AccessKind.REBIND):
        if not isinstance(access.function, ast.AsyncFunctionDef):
            # What does not wait is done in one go.
            return False
    kinds = {other.kind for other in guarded if not _ENDING.match(_function_name(other))}
    if access.kind is AccessKind.ITERATE:
        return AccessKind.MUTATE in kinds and _waits_in_loop(module, access)
    if access.kind is AccessKind.MUTATE:
        return AccessKind.ITERATE in kinds and not registers(access)
    if access.kind is AccessKind.UPDATE:
        return AccessKind.REBIND in kinds or AccessKind.UPDATE in kinds
    if access.kind is AccessKind.REBIND:
        parent = module.parent(access.node)
        if isinstance(parent, (ast.Assign, ast.AnnAssign)) and isinstance(parent.value, ast.Constant):
            return False
        return AccessKind.REBIND in kinds or AccessKind.UPDATE in kinds
    return False


def _is_of_another_entry(module: Module, access: Access, guarded: list[Access]) -> bool:
    """Whether a use changes one written-out entry of a dictionary of which the lock's holders change others."""
    key = _entry(module, access)
    return key is not None and all(_entry(module, one) not in (None, key) for one in guarded)


def _entry(module: Module, access: Access) -> str | None:
    """The written-out key of the entry that a use changes: `"since"` of `state["since"] = now`."""
    place = module.parent(access.node)
    if not isinstance(place, ast.Subscript) or place.value is not access.node:
        return None
    return (
        place.slice.value if isinstance(place.slice, ast.Constant) and isinstance(place.slice.value, str) else None
    )


def _is_tested_around(module: Module, access: Access) -> bool:
    """Whether a write stands in an `if` or `while` that tests the variable."""
    variable = variable_of(module, access.node)
    child: ast.AST = access.node
    for ancestor in module.ancestors(access.node):
        if isinstance(ancestor, (*_FUNCTIONS, ast.ClassDef)):
            return False
        if isinstance(ancestor, (ast.If, ast.While)) and child is not ancestor.test:
            for part in ast.walk(ancestor.test):
                if isinstance(part, (ast.Attribute, ast.Name)) and variable_of(module, part) == variable:
                    return True
        child = ancestor
    return False


def _is_made_on_first_use(module: Module, access: Access) -> bool:
    """Whether a write stands below a test for there being nothing yet: `if x is None:`, `if not x:`."""
    variable = variable_of(module, access.node)
    child: ast.AST = access.node
    for ancestor in module.ancestors(access.node):
        if isinstance(ancestor, (*_FUNCTIONS, ast.ClassDef)):
            return False
        if isinstance(ancestor, ast.If) and child in ancestor.body:
            test = ancestor.test
            asked: ast.expr | None = None
            if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is):
                asked = test.left
            elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
                asked = test.operand
            if isinstance(asked, (ast.Attribute, ast.Name)) and variable_of(module, asked) == variable:
                return True
        child = ancestor
    return False


def _fills_once(module: Module, access: Access) -> bool:
    """
    Whether a write stands in a function that does its work once: it returns at once where a flag is set, and
    sets that flag. Others read what it filled when the flag is set.
    """
    variable = variable_of(module, access.node)
    if not isinstance(access.function, _FUNCTIONS):
        return False
    flags: set[Variable] = set()
    done: set[Variable] = set()
    for part in module.own_nodes(access.function):
        if isinstance(part, ast.If) and isinstance(part.body[-1], ast.Return):
            if isinstance(part.test, (ast.Attribute, ast.Name)):
                flag = variable_of(module, part.test)
                if flag is not None and flag != variable:
                    flags.add(flag)
        elif isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant) and part.value.value is True:
            for target in part.targets:
                if isinstance(target, (ast.Attribute, ast.Name)):
                    flag = variable_of(module, target)
                    if flag is not None:
                        done.add(flag)
    return not flags.isdisjoint(done)


def _function_name(access: Access) -> str:
    """The name of the function that runs a use."""
    return access.function.name if isinstance(access.function, _FUNCTIONS) else ""


def _empties(module: Module, access: Access) -> bool:
    """Whether a use is `x.clear()`."""
    parent = module.parent(access.node)
    return isinstance(parent, ast.Attribute) and parent.attr == "clear"


def _starts_workers(module: Module, function: FunctionNode | ast.Lambda | None) -> bool:
    """Whether a function makes the workers, itself or by a function of the module that it calls."""
    if not isinstance(function, _FUNCTIONS):
        return False
    called = [module.callee(node) or "" for node in module.own_nodes(function) if isinstance(node, ast.Call)]
    inner = [module.instances.local_function(name) for name in called]
    return not _WORKERS.isdisjoint(called) or any(
        isinstance(part, ast.Call) and module.callee(part) in _WORKERS
        for one in inner
        if one is not None
        for part in module.own_nodes(one)
    )


def _starts_workers_below(module: Module, access: Access) -> bool:
    """Whether a use comes before the thread that its function starts: `def start(self)` fills, then starts."""
    if not isinstance(access.function, _FUNCTIONS) or not _STARTING.match(access.function.name):
        return False
    lines = [
        call.lineno
        for call in module.calls_named("Thread", "Timer")
        if module.function_of(call) is access.function and module.callee(call) in _WORKERS
    ]
    return bool(lines) and access.node.lineno < min(lines)


_STARTING = pattern(r"_*(?:start|launch|open|run)(?:_|$)")


def _starts_or_joins(module: Module, function: FunctionNode) -> bool:
    """Whether a function makes the workers, or waits for their end: around that it is alone."""
    for node in module.own_nodes(function):
        if isinstance(node, ast.Call):
            if module.callee(node) in _WORKERS:
                return True
            if isinstance(node.func, ast.Attribute) and node.func.attr == "join":
                if not isinstance(node.func.value, ast.Constant) and not node.args:
                    return True
    return False


def _has_joined(module: Module, access: Access) -> bool:
    """Whether the function has waited for the end of its workers before a use: `thread.join()`, `with` a pool."""
    for statement in module.nodes(ast.With):
        if (statement.end_lineno or 0) < access.node.lineno and module.function_of(statement) is access.function:
            if any(module.instance_of(item.context_expr) in _WORKERS for item in statement.items):
                return True
    return any(
        isinstance(call.func, ast.Attribute)
        and not call.args
        and not isinstance(call.func.value, ast.Constant)
        and call.lineno < access.node.lineno
        and module.function_of(call) is access.function
        for call in module.calls_named("join")
    )


def _counts(module: Module, access: Access) -> bool:
    """Whether a use runs when the object may be shared, and it can be told what is held there."""
    if not isinstance(access.function, _FUNCTIONS):
        return False
    outer = _method(module, access)
    if outer is None or runs_first(module, outer):
        return False
    # What runs a nested function that was made under the lock is not known.
    function: ast.AST = access.function
    while function is not outer:
        if held_at(module, function):
            return False
        enclosing = module.function_of(function)
        if enclosing is None:
            break
        function = enclosing
    return True


def _method(module: Module, access: Access) -> FunctionNode | None:
    """The outermost function or method around a use."""
    function: ast.AST | None = access.function
    outer: FunctionNode | None = None
    while function is not None:
        if isinstance(function, _FUNCTIONS):
            outer = function
        function = module.function_of(function)
    return outer
