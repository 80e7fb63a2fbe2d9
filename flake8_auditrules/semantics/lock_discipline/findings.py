"""Findings: the uses of variables without the lock that guards them elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge.locks import LockKind
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.lock_discipline.belonging import (
    has_another_lock,
    has_own_lock,
    is_handed_out,
    is_held_for,
    is_named,
    is_named_after_another,
    is_named_otherwise,
)
from flake8_auditrules.semantics.lock_discipline.faults import (
    is_fault,
    is_fault_among_tasks,
    is_spoilt,
    may_be_gone,
    needs_steps,
    stores_entry,
)
from flake8_auditrules.semantics.lock_discipline.guarded import iterated, written_under_locks
from flake8_auditrules.semantics.lock_discipline.moments import (
    ENDING,
    answers_signal,
    ends_process,
    has_joined,
    has_lock_for_tasks,
    has_threads,
    is_alone_as_it_says,
    is_on_loop,
    is_spoken_of,
    loads,
    prepares,
    starts_workers_below,
)
from flake8_auditrules.semantics.lock_discipline.operations import (
    breaks_by_itself,
    derives,
    empties,
    is_given,
    is_handled_pop,
    is_of_another_entry,
    is_told_once,
    is_wholly_replaced,
    keeps_first,
    loses_emptying,
    resets,
    starts_anew,
)
from flake8_auditrules.semantics.lock_discipline.roles import (
    asks_if_sealed,
    emits,
    gives_back,
    is_beside_owner,
    is_closed_before,
    is_overridden,
    is_without,
    makes_lock,
)
from flake8_auditrules.semantics.lock_discipline.surroundings import fills_once, is_one_step
from flake8_auditrules.semantics.lock_discipline.uses import (
    function_name,
    functions_of,
    is_bare,
    is_counted,
    locks_held,
    outermost_function,
)
from flake8_auditrules.semantics.locks import Lock
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import WRITES, AccessKind, Variable, accesses

_DONE = {
    AccessKind.REBIND: "written",
    AccessKind.UPDATE: "updated",
    AccessKind.MUTATE: "changed",
    AccessKind.ITERATE: "iterated",
    AccessKind.READ: "read",
}
_DESCRIBING = frozenset({"__repr__", "__str__", "__format__"})
_MANY = 3


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
    for variable, locks in module.keep("variables under locks", written_under_locks).items():
        for function, key, use in _bare_uses(module, variable, locks, plain_reads):
            known = found.get((id(function), key))
            if known is None or use.node.lineno < known.node.lineno:
                found[id(function), key] = use
    # What two locks guard together is told once.
    return list({id(use.node): use for use in reversed(found.values())}.values())


def guarded_variables(module: Module) -> list[str]:
    """The names of the variables that are written while a lock is held."""
    return [variable.name for variable in module.keep("variables under locks", written_under_locks)]


def _bare_uses(
    module: Module, variable: Variable, locks: dict[str, Lock], plain_reads: bool
) -> Iterator[tuple[FunctionNode, str, Undisciplined]]:
    uses = [access for access in accesses(module, variable) if is_counted(module, access)]
    for key, lock in locks.items():
        # Subclasses that each make `self.lock` for themselves have one lock an object.
        same = {other for other, one in locks.items() if one.text == lock.text}
        guarded = [access for access in uses if access.kind in WRITES and key in locks_held(module, access)]
        if lock.is_kind(LockKind.TASK):
            guarded = [*(one for one in guarded if derives(module, one)), *iterated(module, uses, key)]
        if not guarded:
            continue
        if all(fills_once(module, access) for access in guarded) or has_another_lock(module, uses, same):
            continue
        if has_own_lock(module, variable, lock):
            continue
        if all(loads(module, one) for one in functions_of(module, guarded)) and not is_named(variable, lock):
            # The lock keeps two from loading at once.
            continue
        if all(empties(module, access) and ENDING.match(function_name(access)) for access in guarded):
            # The lock is there for the end alone.
            continue
        if all(ends_process(module, one) for one in functions_of(module, guarded)):
            continue
        if is_handed_out(module, lock) or all(
            asks_if_sealed(module, one) for one in functions_of(module, guarded)
        ):
            # Who has got the lock may hold it; what is sealed does not change any more.
            continue
        holders = {id(outermost_function(module, access)) for access in guarded}
        writers = {
            id(outermost_function(module, access))
            for access in uses
            if access.kind in WRITES and is_bare(module, access)
        }
        working = {
            id(one)
            for one in functions_of(module, [use for use in uses if use.kind in WRITES and is_bare(module, use)])
            if not ENDING.match(one.name) and not prepares(module, one)
        }
        # More functions write it without the lock than with it, or the lock has another's name: what they only
        # assign is not what it guards.
        bare = len(writers - holders)
        is_of_another = is_named_after_another(module, variable, lock)
        is_beside = bare > max(2, len(holders)) or is_of_another
        # A lock that one function alone takes around the variable, and that is not called after it, may be there
        # for something else.
        takers = {id(outermost_function(module, access)) for access in uses if key in locks_held(module, access)}
        is_sure = len(takers) > 1 or is_named(variable, lock) or is_held_for(module, guarded, uses)
        if len(takers) < _MANY and is_named_otherwise(variable, lock):
            continue
        holder = outermost_function(module, guarded[0])
        assert holder is not None, "what counts stands in a function"
        for access in uses:
            function = outermost_function(module, access)
            if function is None or id(function) in holders or not is_bare(module, access):
                continue
            if makes_lock(module, function, key) or prepares(module, function) or is_alone_as_it_says(function):
                continue
            if not lock.is_kind(LockKind.TASK) and has_lock_for_tasks(module, function):
                continue
            if not lock.is_kind(LockKind.TASK) and is_on_loop(module, function, 0):
                if all(is_on_loop(module, one, 0) for one in functions_of(module, guarded)):
                    # All of them run on one event loop, one after the other: the lock is there for something else.
                    continue
            if not lock.is_kind(LockKind.TASK) and is_on_loop(module, function, 0) and not has_threads(module):
                # The module has coroutines and no thread: who would take the lock meanwhile is not seen.
                continue
            if function.name in _DESCRIBING:
                continue
            if is_without(module, function, lock) and (
                access.kind is not AccessKind.REBIND or is_overridden(module, function, lock)
            ):
                continue
            if ends_process(module, function) or is_spoken_of(module, access) or has_joined(module, access):
                continue
            if starts_workers_below(module, access) or emits(module, function):
                continue
            if is_beside_owner(module, function, lock) or is_closed_before(module, access, lock):
                continue
            if gives_back(module, access):
                continue
            if starts_anew(module, access):
                continue
            if not (is_sure or breaks_by_itself(module, access) or loses_emptying(module, access, guarded)):
                continue
            if is_wholly_replaced(module, access) or keeps_first(module, access):
                continue
            others = len(working - holders - {id(function)})
            is_usual = others >= len(holders) if access.kind is AccessKind.ITERATE else others > len(holders)
            if access.kind in (AccessKind.ITERATE, AccessKind.MUTATE) and others and is_usual:
                # Most that add or take out do so without it: it is there for a step of its own.
                continue
            if access.kind is AccessKind.REBIND and (is_beside or is_given(module, access)):
                # What somebody sets as a whole counts, whatever was there before.
                continue
            if access.kind is AccessKind.UPDATE and all(resets(module, one) for one in guarded):
                # Nobody counts under the lock: it is there for the rest, and the counter begins again.
                continue
            if answers_signal(access) or is_handled_pop(module, access) or is_told_once(module, access):
                continue
            if is_of_another_entry(module, access, guarded):
                continue
            if lock.is_kind(LockKind.TASK):
                if not is_fault_among_tasks(module, access, guarded):
                    continue
            elif not is_fault(module, access, guarded, plain_reads) or stores_entry(module, access, holders):
                continue
            else:
                if access.kind is not AccessKind.READ and not is_spoilt(
                    module, access, variable, guarded, uses, key
                ):
                    continue
                is_met = not is_of_another and any(
                    needs_steps(module, one, uses, key) and not may_be_gone(module, access, one, uses)
                    for one in guarded
                )
                if is_one_step(module, access, uses) and not is_met:
                    continue
            text, done = module.text(access.node), _DONE[access.kind]
            yield function, key, Undisciplined(access.node, text, done, lock.text, holder.name)
