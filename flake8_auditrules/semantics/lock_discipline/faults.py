"""Faults: whether a use without the lock can meet what those who hold it do."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.lock_discipline.moments import (
    ENDING,
    is_asked_by_others,
    runs_before_start,
    starts_or_joins,
    starts_workers,
)
from flake8_auditrules.semantics.lock_discipline.operations import (
    adds_at_the_end,
    asks_for,
    changes_one,
    derives,
    empties,
    is_first_state,
    is_queued,
    is_swapped,
    looks_up,
    loses_emptying,
    sets_constant,
    stores_none,
    takes_one,
    takes_out,
)
from flake8_auditrules.semantics.lock_discipline.surroundings import (
    fills_missing,
    is_emptied,
    is_made_on_first_use,
    is_read_before,
    is_tested_around,
    waits_in_loop,
)
from flake8_auditrules.semantics.lock_discipline.uses import FUNCTIONS, function_name, locks_held
from flake8_auditrules.semantics.locks import block_around
from flake8_auditrules.semantics.lost_updates import counts, is_figure, registers, spoils
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.shared_state import Access, AccessKind, Variable, callers

_LISTS = ("builtins.list", "typing.List")


def is_fault(module: Module, access: Access, guarded: list[Access], plain_reads: bool) -> bool:
    """Whether the use can meet what the others do under the lock: plain assignments to each other cannot."""
    kinds = {other.kind for other in guarded}
    if access.kind in (AccessKind.UPDATE, AccessKind.MUTATE):
        return not empties(module, access) or not (
            ENDING.match(function_name(access)) or starts_workers(module, access.function)
        )
    if access.kind is AccessKind.ITERATE:
        # A container that is only ever replaced may be gone through by whoever got it; so may a list that grows.
        return any(
            other.kind is AccessKind.MUTATE and not adds_at_the_end(module, other) for other in guarded
        ) or (
            AccessKind.MUTATE in kinds
            and (module.instance_of(access.node) not in _LISTS or is_emptied(module, access))
        )
    if access.kind is AccessKind.READ:
        return plain_reads
    assert isinstance(access.function, FUNCTIONS)
    if starts_or_joins(module, access.function):
        return False
    if ENDING.match(access.function.name) and is_first_state(module.statement(access.node)):
        # At the end, or where it starts anew, nobody asks what was there.
        return False
    if sets_constant(module, access):
        if not is_tested_around(module, access) and not is_read_before(module, access):
            return loses_emptying(module, access, guarded)
    if AccessKind.UPDATE in kinds or AccessKind.MUTATE in kinds:
        return True
    if sets_constant(module, access):
        # What is made on first use under the lock is let go: who holds the old one goes on with it.
        return not stores_none(module, access) and is_tested_around(module, access)
    if all(stores_none(module, other) for other in guarded):
        # Who only clears it under the lock takes leave of the old one: it is made again when it is asked for.
        return False
    if is_made_on_first_use(module, access) and all(is_made_on_first_use(module, other) for other in guarded):
        # Whoever is first: both would store it only where nobody has.
        return False
    if is_tested_around(module, access):
        return True
    return any(is_tested_around(module, other) and not stores_none(module, other) for other in guarded)


def is_fault_among_tasks(module: Module, access: Access, guarded: list[Access]) -> bool:
    """
    Whether a use can come in between while a task that holds the lock waits, and be lost or break its loop.

    An entry of a dict that is stored meanwhile stays there.
    """
    if access.kind in (AccessKind.UPDATE, AccessKind.REBIND):
        if not isinstance(access.function, ast.AsyncFunctionDef):
            # What does not wait is done in one go.
            return False
    kinds = {other.kind for other in guarded if not ENDING.match(function_name(other))}
    if access.kind is AccessKind.ITERATE:
        return AccessKind.MUTATE in kinds and waits_in_loop(module, access)
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


def is_spoilt(
    module: Module, access: Access, variable: Variable, guarded: list[Access], uses: list[Access], key: str
) -> bool:
    """Whether a use among threads is certain to meet the steps of a holder of the lock some day."""
    if is_figure(variable) and counts(module, access):
        return False
    if access.kind is AccessKind.REBIND:
        if loses_emptying(module, access, guarded):
            return True
        # What is let go, or made on first use, is there again when it is asked for.
        return not (sets_constant(module, access) or is_made_on_first_use(module, access)) and (
            derives(module, access)
            or is_tested_around(module, access)
            or is_swapped(module, access)
            or is_read_before(module, access)
        )
    function = access.function
    assert isinstance(function, FUNCTIONS), "what counts stands in a function"
    if runs_before_start(module, function) or not is_asked_by_others(module, access, guarded):
        return False
    return spoils(module, access, guarded, [one for one in uses if key in locks_held(module, one)])


def needs_steps(module: Module, access: Access, uses: list[Access], key: str) -> bool:
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


def _loops(module: Module, uses: list[Access], key: str) -> bool:
    """Whether someone goes through the variable under the lock."""
    return any(access.kind is AccessKind.ITERATE and key in locks_held(module, access) for access in uses)


def may_be_gone(module: Module, access: Access, guarded: Access, uses: list[Access]) -> bool:
    """
    Whether the holder of the lock gets along with what a use puts into a queue, or takes out of a dict.

    It does where it takes out of the queue one by one; and where it only asks whether there is an entry, and
    stores one: as if the entry had gone a moment later.
    """
    if is_queued(module, access):
        is_list = module.instance_of(access.node) in _LISTS
        return all(
            takes_one(module, other) and (is_list or other.kind is not AccessKind.ITERATE)
            for other in uses
            if other.function is guarded.function
        )
    parent = module.parent(access.node)
    stores = isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store)
    if stores or (isinstance(parent, ast.Attribute) and parent.attr == "setdefault"):
        return not any(other.kind is AccessKind.ITERATE and locks_held(module, other) for other in uses) and all(
            asks_for(module, other)
            or takes_out(module, other)
            or (changes_one(module, other) and not fills_missing(module, other))
            for other in uses
            if other.function is guarded.function
        )
    takes = isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Del)
    takes = takes or (isinstance(parent, ast.Attribute) and parent.attr in ("pop", "discard"))
    if not takes or guarded.kind is not AccessKind.MUTATE:
        return False
    for other in uses:
        if other.function is guarded.function:
            is_asked = asks_for(module, other) or looks_up(module, other)
            if not is_asked and not changes_one(module, other):
                return False
    return True


def stores_entry(module: Module, access: Access, holders: set[int]) -> bool:
    """
    Whether a use stores one entry, `x[key] = value`, that its own callers have made under the lock.

    That is one step, and nobody else has to do with the entry.
    """
    if access.kind is not AccessKind.MUTATE or not isinstance(access.function, FUNCTIONS):
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
