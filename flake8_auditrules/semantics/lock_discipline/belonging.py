"""Belonging: whether a lock is there for a variable, by its name and by what else it is taken around."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.lock_discipline.uses import locks_held
from flake8_auditrules.semantics.locks import Lock, block_around, lock_of
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.shared_state import WRITES, Access, Variable

_LOCK_END = pattern(r"_?(?:r?lock|mutex|condition|cond)$", re.IGNORECASE)
_OF_ANYTHING = frozenset(
    {
        *("access", "cache", "class", "data", "dict", "global", "guard", "instance", "internal", "list", "map"),
        *("registry", "read", "rw", "shared", "state", "store", "sync", "table", "thread", "update", "write"),
    }
)


def is_never_made(module: Module, lock: Lock) -> bool:
    """Whether a class that has no bases takes a lock that it never gets: what takes it fails at once."""
    return (
        lock.owner is not None
        and not lock.owner.bases
        and not module.members(lock.owner).attributes.get(lock.key.rpartition(".")[2])
    )


def is_of_one_object(variable: Variable, lock: Lock) -> bool:
    """Whether the lock of one object stands around a variable of the module, which all objects have."""
    return variable.owner is None and lock.owner is not None and lock.text.startswith("self.")


def is_held_for(module: Module, guarded: list[Access], uses: list[Access]) -> bool:
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


def is_handed_out(module: Module, lock: Lock) -> bool:
    """Whether a function of the module gives the lock to others, who take it around what they call."""
    for statement in module.nodes(ast.Return):
        value = statement.value
        if isinstance(value, (ast.Attribute, ast.Name)):
            given = lock_of(module, value)
            if given is not None and given.key == lock.key:
                return True
    return False


def is_named(variable: Variable, lock: Lock) -> bool:
    """Whether the lock says by its name that it guards the variable: `_rooms_lock` and `_rooms`."""
    name = _LOCK_END.sub("", lock.text.rpartition(".")[2]).strip("_").lower()
    return bool(name) and name in variable.name.lower()


def is_named_after_another(module: Module, variable: Variable, lock: Lock) -> bool:
    """Whether the lock has the name of another attribute of its class: `_task_lock` guards `_task`."""
    if lock.owner is None:
        return False
    name = _LOCK_END.sub("", lock.text.rpartition(".")[2]).strip("_").lower()
    own = variable.name.strip("_").lower()
    if not name or name in own or own in name:
        return False
    others = {attribute.strip("_").lower() for attribute in module.members(lock.owner).attributes}
    return name in others


def is_named_otherwise(variable: Variable, lock: Lock) -> bool:
    """Whether the lock says by its name that it guards something else: `_task_id_lock` beside `tasks`."""
    last = lock.text.rpartition(".")[2]
    words = set(_LOCK_END.sub("", last).lower().split("_")) - {""}
    if not words or _LOCK_END.search(last) is None or words <= _OF_ANYTHING:
        return False
    own = variable.name.strip("_").lower()
    return not all(word.rstrip("s") in own for word in words - _OF_ANYTHING)


def has_own_lock(module: Module, variable: Variable, lock: Lock) -> bool:
    """Whether the class has another lock that bears the variable's name: `tags_lock` for `tags`."""
    if lock.owner is None:
        return False
    used = lock.text.rpartition(".")[2]
    own = variable.name.strip("_").lower()
    others = {name for name in module.members(lock.owner).attributes if name != used and _LOCK_END.search(name)}
    return any(_LOCK_END.sub("", name).strip("_").lower() == own for name in others)


def has_another_lock(module: Module, uses: list[Access], keys: set[str]) -> bool:
    """
    Whether the variable is also written under other locks alone, or is used more often under them: then it is not
    this one that guards it.
    """
    used = [(access, held) for access in uses if (held := locks_held(module, access))]
    others = [access for access, held in used if keys.isdisjoint(held)]
    return any(access.kind in WRITES for access in others) or 2 * len(others) > len(used)
