"""Lock discipline: variables that some functions write under a lock and others use without it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_auditrules.knowledge.locks import LockKind
from flake8_auditrules.semantics.locks import Lock, held_at, lock_of, locked_blocks
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import (
    WRITES,
    Access,
    AccessKind,
    Variable,
    accesses,
    held_by_callers,
    may_run_bare,
    runs_first,
    variable_of,
)

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DONE = {
    AccessKind.REBIND: "written",
    AccessKind.UPDATE: "updated",
    AccessKind.MUTATE: "changed",
    AccessKind.ITERATE: "iterated",
    AccessKind.READ: "read",
}

_WORKERS = frozenset(
    {
        "threading.Thread",
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
    for variable, locks in _written_under_locks(module).items():
        for function, key, use in _bare_uses(module, variable, locks, plain_reads):
            known = found.get((id(function), key))
            if known is None or use.node.lineno < known.node.lineno:
                found[id(function), key] = use
    return list(found.values())


def _written_under_locks(module: Module) -> dict[Variable, dict[str, Lock]]:
    """The variables that are written while a thread lock is held, with those locks."""
    found: dict[Variable, dict[str, Lock]] = {}
    for lock, statement in locked_blocks(module):
        if not isinstance(statement, ast.With) or not lock.is_shared:
            continue
        if lock.known is not None and not _keeps_threads_out(lock):
            continue
        for variable in _written_in(module, statement):
            found.setdefault(variable, {})[lock.key] = lock
    return found


def _keeps_threads_out(lock: Lock) -> bool:
    assert lock.known is not None
    return lock.known.kind is LockKind.THREAD and not lock.known.counted


def _written_in(module: Module, statement: ast.With) -> Iterator[Variable]:
    """The variables that the block of a `with` writes itself."""
    pending: list[ast.AST] = list(statement.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.Attribute, ast.Name)):
            variable = variable_of(module, node)
            if variable is not None:
                if any(access.node is node and access.kind in WRITES for access in accesses(module, variable)):
                    yield variable
                continue
        if not isinstance(node, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            pending.extend(ast.iter_child_nodes(node))


def _bare_uses(
    module: Module, variable: Variable, locks: dict[str, Lock], plain_reads: bool
) -> Iterator[tuple[FunctionNode, str, Undisciplined]]:
    uses = [access for access in accesses(module, variable) if _counts(module, access)]
    for key, lock in locks.items():
        guarded = [access for access in uses if access.kind in WRITES and key in _held(module, access)]
        if not guarded:
            continue
        if all(_fills_once(module, access) for access in guarded):
            continue
        holders = {id(_method(module, access)) for access in guarded}
        holder = _method(module, guarded[0])
        assert holder is not None
        for access in uses:
            function = _method(module, access)
            if function is None or id(function) in holders or not _is_bare(module, access):
                continue
            if _makes(module, function, key) or not _is_fault(module, access, guarded, plain_reads):
                continue
            text, done = module.text(access.node), _DONE[access.kind]
            yield function, key, Undisciplined(access.node, text, done, lock.text, holder.name)


def _held(module: Module, access: Access) -> frozenset[str]:
    return access.held.keys | held_by_callers(module, access.function).keys


def _is_bare(module: Module, access: Access) -> bool:
    """Whether a use is known to run with nothing held."""
    if access.held or held_by_callers(module, access.function):
        return False
    return isinstance(access.function, _FUNCTIONS) and may_run_bare(module, access.function)


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
        return True
    if access.kind is AccessKind.ITERATE:
        # A container that is only ever replaced may be gone through by whoever got it.
        return AccessKind.MUTATE in kinds
    if access.kind is AccessKind.READ:
        return plain_reads
    assert isinstance(access.function, _FUNCTIONS)
    if _starts_or_joins(module, access.function):
        return False
    if AccessKind.UPDATE in kinds or AccessKind.MUTATE in kinds:
        return True
    parent = module.parent(access.node)
    if isinstance(parent, (ast.Assign, ast.AnnAssign)) and isinstance(parent.value, ast.Constant):
        # What is made on first use under the lock is let go: who holds the old one goes on with it.
        return parent.value.value is not None and _is_tested_around(module, access)
    if _is_tested_around(module, access):
        return True
    return any(_is_tested_around(module, other) for other in guarded)


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
