"""Django changes: counters, documents and states of Django's rows that a function loads, changes and saves."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.django_rows import (
    LOCKING,
    MODEL,
    gives_row,
    is_admin_action,
    is_loaded_row,
    is_of_user,
    locks_rows,
)
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.routes import is_route, is_task
from flake8_auditrules.semantics.row_changes import ChangeKind, RowChange
from flake8_auditrules.semantics.row_guards import is_at_work, is_for_work, is_guarded, is_work
from flake8_auditrules.semantics.row_numbers import is_merged, is_number
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.tested_states import is_read, is_state, tested_state

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What only the worker that has taken a job counts.
_REPEATING = pattern(r"retr(?:y|ies)|tries|resubmi|progress|done")


def django_changes(module: Module) -> Iterator[RowChange]:
    """The counters, documents and states of Django's rows that functions of a module load, change and save."""
    for call in module.calls_named("update", "aupdate"):
        yield from _in_update(module, call)
    saved = _saves(module)
    if not saved:
        return
    changes: list[ast.AugAssign | ast.Assign] = [*module.nodes(ast.AugAssign), *module.nodes(ast.Assign)]
    for change in changes:
        target = change.target if isinstance(change, ast.AugAssign) else change.targets[0]
        is_within = isinstance(target, ast.Subscript) and isinstance(change, ast.Assign)
        if isinstance(target, ast.Subscript) and is_within:
            target = target.value
        row = dotted(target.value) if isinstance(target, ast.Attribute) else None
        if not isinstance(target, ast.Attribute) or row is None:
            continue
        function = module.function_of(change)
        if not isinstance(function, _FUNCTIONS) or saved.get((function, row), 0) < change.lineno:
            continue
        if not isinstance(target.value, ast.Name):
            counted = _counter(module, change, target, function) if not is_within else None
            if counted is not None:
                yield counted
            continue
        if isinstance(change, ast.Assign) and (is_within or is_merged(module, target, change.value)):
            found = [_document(module, change, target, function)]
        elif isinstance(change, ast.Assign):
            found = [_state(module, change, target, function), _counter(module, change, target, function)]
        else:
            found = [_counter(module, change, target, function)]
        yield from (one for one in found if one is not None)


def _saves(module: Module) -> dict[tuple[ast.AST | None, str], int]:
    """The last line on which a function saves what a name stands for."""
    saved: dict[tuple[ast.AST | None, str], int] = {}
    for call in module.calls_named("save", "asave"):
        row = dotted(call.func.value) if isinstance(call.func, ast.Attribute) else None
        if row is not None:
            key = (module.function_of(call), row)
            saved[key] = max(call.lineno, saved.get(key, 0))
    return saved


def _change(
    module: Module, place: ast.stmt | ast.Call, kind: ChangeKind, function: FunctionNode, line: int = 0
) -> RowChange:
    guarded = is_guarded(module, function) or locks_rows(module, function) or is_task(module, function)
    return RowChange(place, kind, line, guarded)


def _counter(
    module: Module, change: ast.AugAssign | ast.Assign, target: ast.Attribute, function: FunctionNode
) -> RowChange | None:
    """`row.hits += 1`, and `row.hits = row.hits + 1`, of a row that the function has loaded."""
    by = whole = change.value
    operator = change.op if isinstance(change, ast.AugAssign) else None
    if operator is None and isinstance(whole, ast.BinOp) and is_read(module, target, whole.left):
        by, operator = whole.right, whole.op
    if not isinstance(operator, (ast.Add, ast.Sub)) or not is_number(module, target, by):
        return None
    if not is_route(module, function) and is_for_work(module.name.rpartition(".")[2]):
        return None
    row = target.value
    is_loaded = is_loaded_row(module, row) if isinstance(row, ast.Name) else gives_row(module, row)
    if not is_loaded and not _is_row_itself(module, target, function):
        return None
    return _change(module, change, ChangeKind.COUNTER, function)


def _in_update(module: Module, call: ast.Call) -> Iterator[RowChange]:
    """`update(hits=row.hits + 1)`: the number is the one that was read before."""
    function = module.function_of(call)
    if not isinstance(function, _FUNCTIONS) or not isinstance(call.func, ast.Attribute):
        return
    for given in call.keywords:
        if not isinstance(given.value, ast.BinOp) or not isinstance(given.value.op, (ast.Add, ast.Sub)):
            continue
        read = given.value.left
        if isinstance(read, ast.BoolOp):
            read = read.values[0]
        if not isinstance(read, ast.Attribute) or read.attr != given.arg or not isinstance(read.value, ast.Name):
            continue
        if not is_number(module, read, given.value.right) or _asks_for(call.func.value, read.attr):
            continue
        if is_loaded_row(module, read.value) or _is_row_itself(module, read, function):
            yield _change(module, call, ChangeKind.COUNTER, function)


def _asks_for(rows: ast.expr, column: str) -> bool:
    """Whether the rows that are updated are those that still have what was read."""
    return any(isinstance(part, ast.keyword) and part.arg == column for part in ast.walk(rows))


def _is_row_itself(module: Module, target: ast.Attribute, function: FunctionNode) -> bool:
    """Whether a method of a model counts on in its own row, which nothing in the module locks; no job's."""
    holder = module.class_of_self(target.value)
    if holder is None:
        return False
    if MODEL not in module.instances.ancestry(module.definition(holder)):
        return False
    if module.attributes_named(LOCKING) or _REPEATING.search(target.attr):
        return False
    return not (is_at_work(holder.name) or is_for_work(function.name))


def _document(
    module: Module, change: ast.Assign, target: ast.Attribute, function: FunctionNode
) -> RowChange | None:
    """A dict of a row that a view reads, changes and saves: all of it is written."""
    if not is_route(module, function) or not isinstance(target.value, ast.Name):
        return None
    if any(is_of_user(value) for _, value in last_assigned(module, target.value)):
        # Nobody else writes it.
        return None
    if isinstance(change.targets[0], ast.Subscript) and _is_made_anew(module, target, function):
        return None
    if not is_loaded_row(module, target.value):
        return None
    return _change(module, change, ChangeKind.DOCUMENT, function)


def _is_made_anew(module: Module, target: ast.Attribute, function: FunctionNode) -> bool:
    """Whether a function gives the row another dict, and no empty one."""
    return any(
        isinstance(part, ast.Assign)
        and isinstance(part.targets[0], ast.Attribute)
        and is_read(module, target, part.targets[0])
        and not (isinstance(part.value, ast.Dict) and not part.value.keys)
        for part in module.own_nodes(function)
    )


def _state(module: Module, change: ast.Assign, target: ast.Attribute, function: FunctionNode) -> RowChange | None:
    """A state of a row that is loaded without a lock, tested, set and saved."""
    tested = tested_state(module, change, target)
    assert isinstance(target.value, ast.Name)
    if tested is None or database.TIMED_OUT.search(module.text(tested)):
        return None
    if _is_own_already(module, change, target, function):
        return None
    if isinstance(change.value, ast.Constant) and change.value.value in (True, False) and is_state(target):
        return None
    kinds = {one.kind for one in module.bindings(target.value)}
    if BindingKind.UNPACKED in kinds:
        # Who makes a row where there is none sets it as it has to be.
        return None
    if not is_route(module, function) and not is_admin_action(module, function):
        is_refused = not _stands_under(module, change, tested) and BindingKind.LOOP not in kinds
        if not is_refused or is_work(module, function):
            return None
    if not is_loaded_row(module, target.value) and not _is_row_itself(module, target, function):
        return None
    return _change(module, change, ChangeKind.STATE, function, tested.lineno)


def _is_own_already(module: Module, change: ast.Assign, target: ast.Attribute, function: FunctionNode) -> bool:
    """Whether the function has set the same state on the way to a change: others come between there."""
    around = list(module.ancestors(change))
    text = module.text(target)
    return any(
        isinstance(part, ast.Assign)
        and part.lineno < change.lineno
        and module.parent(part) in around
        and any(module.text(one) == text for one in part.targets)
        for part in module.own_nodes(function)
    )


def _stands_under(module: Module, change: ast.Assign, test: ast.expr) -> bool:
    """Whether a change stands in a branch of a test, not behind one that leaves the function."""
    around = module.parent(test)
    return isinstance(around, ast.If) and any(one is around for one in module.ancestors(change))
