"""Registries: containers of one object that have entries of the same keys, and ends that miss one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge.locks import LOCKS, SHRINKING
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.branches import are_exclusive
from flake8_auditrules.semantics.handlers import in_finally
from flake8_auditrules.semantics.keyed_state.containers import containers
from flake8_auditrules.semantics.keyed_state.entries import added_key
from flake8_auditrules.semantics.keyed_state.keys import is_parameter
from flake8_auditrules.semantics.lock_order import functions_called_by
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import (
    Access,
    AccessKind,
    Variable,
    accesses,
    callers,
    runs_first,
    variable_of,
)
from flake8_auditrules.semantics.sharing import shared_classes

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_ENDING = pattern(
    # A private method may be one half of an end.
    r"^(?:cancel|remove|close|disconnect|stop|end|delete|unregister|unsubscribe|drop|kill|leave|discard|forget"
    r"|release|finish|terminate|expire|evict)(?:_|$)",
    re.IGNORECASE,
)


class Missed(NamedTuple):
    """A dict that a method which ends a key does not clear: the place that ends it, the two dicts, the method
    that fills both, and the class of all these."""

    node: ast.AST
    ended: str
    missed: str
    filled_in: str
    owner: ast.ClassDef | None


# Entries that an end leaves behind


def missed_registries(module: Module) -> list[Missed]:
    """The methods that end a key in one dict and leave it in another, where one method fills both."""
    return module.keep("missed registries", _missed_registries)


def paired_registries(module: Module) -> list[Variable]:
    """The dicts and sets of shared classes that have at least one other."""
    owners = [variable.owner for variable in containers(module)]
    return [
        variable
        for variable in containers(module)
        if variable.owner is not None
        and owners.count(variable.owner) > 1
        and variable.owner in shared_classes(module)
    ]


def _missed_registries(module: Module) -> list[Missed]:
    found: dict[ast.AST, Missed] = {}
    by_owner: dict[ast.ClassDef, list[Variable]] = {}
    for variable in containers(module):
        if variable.owner is not None:
            by_owner.setdefault(variable.owner, []).append(variable)
    for variables in by_owner.values():
        if len(variables) < 2 or variables[0].owner not in shared_classes(module):
            continue
        filled = {variable: _filled_by(module, variable) for variable in variables}
        for first in variables:
            for second in variables:
                if first is second:
                    continue
                both = [
                    (function, key)
                    for function, key in filled[first]
                    if (function, key) in filled[second] and _fills_both(module, function, first, second)
                ]
                if both:
                    for missed in _ends(module, first, second, both[0][0]):
                        found.setdefault(missed.node, missed)
    return list(found.values())


def _filled_by(module: Module, variable: Variable) -> set[tuple[FunctionNode, str]]:
    """The methods that store an entry, each with the text of the key."""
    found: set[tuple[FunctionNode, str]] = set()
    for access in accesses(module, variable):
        key = added_key(module, access)
        if (
            isinstance(key, ast.Name)
            and isinstance(access.function, _FUNCTIONS)
            and access.kind is AccessKind.MUTATE
        ):
            found.add((access.function, key.id))
    return found


def _fills_both(module: Module, function: FunctionNode, first: Variable, second: Variable) -> bool:
    """Whether one way through a method stores an entry in both: not one here, and the other one else."""
    stored = [
        [
            access.node
            for access in accesses(module, variable)
            if access.function is function and added_key(module, access)
        ]
        for variable in (first, second)
    ]
    return any(not are_exclusive(module, one, other) for one in stored[0] for other in stored[1])


def _ends(module: Module, ended: Variable, missed: Variable, filler: FunctionNode) -> Iterator[Missed]:
    if _is_cleared_somewhere(module, missed) or _holds_locks(module, missed) or _counts_on(module, missed):
        return
    touching = {access.function for access in accesses(module, missed)}
    for access in accesses(module, ended):
        function = access.function
        if not isinstance(function, _FUNCTIONS) or function is filler or not _ENDING.search(function.name):
            continue
        key = _removed_key(module, access)
        if not isinstance(key, ast.Name) or not is_parameter(module, key):
            continue
        if function in touching or _calls_one_of(module, function, touching):
            continue
        if any(isinstance(one, _FUNCTIONS) and one is not filler and _names(one, function) for one in touching):
            # The two share the work: one of them hands the key on to the other.
            continue
        if any(isinstance(one, _FUNCTIONS) and one is not filler and _names(function, one) for one in touching):
            continue
        yield Missed(
            module.statement(access.node), module.text(access.node), missed.name, filler.name, missed.owner
        )
        return


def _names(function: FunctionNode, other: FunctionNode) -> bool:
    """Whether a method names another one, to call it or to have it called."""
    return any(isinstance(part, ast.Attribute) and part.attr == other.name for part in ast.walk(function))


def _holds_locks(module: Module, variable: Variable) -> bool:
    """Whether the container holds a lock for each key: it must outlive those who wait for it."""
    if "lock" in variable.name.lower():
        return True
    for access in accesses(module, variable):
        parent = module.parent(access.node)
        statement = module.parent(parent) if parent is not None else None
        if isinstance(parent, ast.Subscript) and isinstance(statement, ast.Assign):
            if module.instance_of(statement.value) in LOCKS:
                return True
    return False


def _counts_on(module: Module, variable: Variable) -> bool:
    """Whether entries go on from what they were: `self._counts[key] = self._counts.get(key, 0) + 1`."""
    return any(
        isinstance(parent := module.parent(access.node), ast.Subscript)
        and isinstance(stored := module.parent(parent), (ast.Assign, ast.AugAssign))
        and (
            isinstance(stored, ast.AugAssign)
            or any(
                isinstance(part, (ast.Attribute, ast.Name)) and variable_of(module, part) == variable
                for part in ast.walk(stored.value)
            )
        )
        for access in accesses(module, variable)
        if access.kind is AccessKind.MUTATE
    )


def _removed_key(module: Module, access: Access) -> ast.expr | None:
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript) and parent.value is access.node and isinstance(parent.ctx, ast.Del):
        return parent.slice
    if isinstance(parent, ast.Attribute) and parent.attr in ("pop", "discard", "remove"):
        call = module.parent(parent)
        if isinstance(call, ast.Call) and call.func is parent and call.args:
            return call.args[0]
    return None


def _is_cleared_somewhere(module: Module, variable: Variable) -> bool:
    """Whether something that every end reaches clears the entries: a `finally`, a callback, a sweep."""
    for access in accesses(module, variable):
        parent = module.parent(access.node)
        if isinstance(access.function, ast.Lambda):
            return True
        if not isinstance(access.node.ctx, ast.Load) and isinstance(access.function, _FUNCTIONS):
            if not runs_first(module, access.function):
                return True
            continue
        removes = (isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Del)) or (
            isinstance(parent, ast.Attribute) and parent.attr in SHRINKING
        )
        if not removes:
            continue
        key = _removed_key(module, access)
        if not isinstance(key, ast.Name) or not is_parameter(module, key):
            return True
        if isinstance(access.function, _FUNCTIONS) and callers(module, access.function).references:
            return True
        if in_finally(module, access.node):
            return True
    return False


def _calls_one_of(module: Module, function: FunctionNode, wanted: set[FunctionNode | ast.Lambda | None]) -> bool:
    pending, seen = [function], {function}
    while pending:
        for _, called in functions_called_by(module, pending.pop()):
            if called not in seen:
                if called in wanted:
                    return True
                seen.add(called)
                pending.append(called)
    return False
