"""Tested states: a state of a row that is set because it was another one when the row was read."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.queries import last_assigned, names_model, statement_parts
from flake8_auditrules.semantics.row_checks import leaves, tests_before

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What gives out something new.
_MAKING = pattern(r"_*(?:add|create|generate|issue|make|mint|new)(?:_|$)")
_SAMENESS = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)
_FILTERING = frozenset({"filter", "filter_by", "get", "aget", "get_object_or_404", "aget_object_or_404"})


def is_state(target: ast.Attribute) -> bool:
    """Whether an attribute is a state by its name."""
    return database.STATES.fullmatch(target.attr) is not None


def tells_state(name: str) -> bool:
    """Whether a name says a state, or that something was used or replaced: `status`, `used_at`, `revoked`."""
    return any(words.fullmatch(name) for words in (database.STATES, database.SPENT, database.REPLACED))


def matters_twice(module: Module, change: ast.AST, name: str) -> bool:
    """
    Whether it is a fault that two set a state at once.

    That two revoke a token is none; it is one where each of them makes another one in its place.
    """
    if not database.REPLACED.fullmatch(name):
        return True
    child = change
    for around in module.ancestors(change):
        for block in (getattr(around, field, None) for field in ("body", "orelse", "finalbody")):
            if isinstance(block, list) and child in block:
                if any(_makes_another(part, change) for statement in block for part in own_parts([statement])):
                    return True
                if leaves(module, block):
                    return False
        if isinstance(around, _FUNCTIONS):
            return False
        child = around
    return False


def _makes_another(part: ast.AST, change: ast.AST) -> bool:
    """Whether a call makes, or adds, another thing than the row that is changed."""
    if not isinstance(part, ast.Call) or part is change or not _MAKING.match(last_name(part)):
        return False
    row = part.args[0] if len(part.args) == 1 else None
    return not (isinstance(row, ast.Name) and mentions(change, {row.id}))


def is_read(module: Module, target: ast.Attribute, value: ast.expr) -> bool:
    """Whether a value is the attribute itself, or it `or 0`."""
    if isinstance(value, ast.BoolOp):
        value = value.values[0]
    return isinstance(value, ast.Attribute) and module.text(value) == module.text(target)


def tested_state(module: Module, change: ast.Assign, target: ast.Attribute) -> ast.expr | None:
    """What asks for a state before it is set to another one; None for other assignments."""
    return _tested_before(module, change, target) if sets_state(module, change, target) else None


def sets_state(module: Module, change: ast.Assign, target: ast.Attribute) -> bool:
    """Whether an assignment sets a state that others must not have set meanwhile."""
    if not tells_state(target.attr):
        return False
    if is_state(target) and not is_one_state(change.value) and not _is_weighed(module, change, target):
        return False
    if _is_refused(module, change) or _is_toggled(module, change, target) or _takes_back(change, target):
        return False
    return matters_twice(module, change, target.attr)


def _takes_back(change: ast.Assign, target: ast.Attribute) -> bool:
    """Whether a change says that something is no longer replaced, `user.is_revoked = False`: two say the same."""
    is_none = isinstance(change.value, ast.Constant) and not change.value.value
    return is_none and database.REPLACED.fullmatch(target.attr) is not None


def _is_weighed(module: Module, change: ast.Assign, target: ast.Attribute) -> bool:
    """Whether a test asks if the old state may become the one that is given: `new not in MOVES[row.status]`."""
    if not isinstance(change.value, (ast.Attribute, ast.Name)):
        return False
    new = ast.dump(change.value)
    for test, _ in tests_before(module, change):
        parts = [part for part in ast.walk(test) if isinstance(part, (ast.Attribute, ast.Name))]
        if any(ast.dump(part) == new for part in parts):
            if any(_reads(module, target, part) for part in parts):
                return True
    return False


def _reads(module: Module, target: ast.Attribute, part: ast.expr) -> bool:
    """Whether a part of a test is the state that was read, or a name for what was found by it."""
    if isinstance(part, ast.Attribute):
        return part.attr == target.attr and is_read(module, target, part)
    values = [value for _, value in last_assigned(module, part)] if isinstance(part, ast.Name) else []
    if len(values) != 1 or not isinstance(values[0], (ast.Attribute, ast.Call, ast.Compare, ast.Subscript)):
        return False
    if isinstance(values[0], ast.Call) and last_name(values[0]) != "get":
        return False
    return any(
        isinstance(one, ast.Attribute) and one.attr == target.attr and is_read(module, target, one)
        for one in ast.walk(values[0])
    )


def is_one_state(value: ast.expr) -> bool:
    """Whether a value is one state by name or text, or one of two: `"done"`, `Status.DONE`, `A if ok else B`."""
    if isinstance(value, ast.IfExp):
        return is_one_state(value.body) and is_one_state(value.orelse)
    if isinstance(value, ast.Attribute) and value.attr == "value":
        value = value.value
    if isinstance(value, ast.Constant):
        return isinstance(value.value, (str, int))
    if isinstance(value, ast.Attribute):
        return last_name(value.value)[:1].isupper() or value.attr.isupper()
    return isinstance(value, ast.Name) and value.id.isupper()


def says_time_is_over(value: ast.expr) -> bool:
    """Whether a state is one that time alone brings, which anybody may set: `"expired"`, `Status.TIMED_OUT`."""
    said = value.value if isinstance(value, ast.Constant) else ""
    if isinstance(value, (ast.Attribute, ast.Name)):
        said = last_name(value)
    return database.TIMED_OUT.search(str(said)) is not None


def asks_for_what_is_set(module: Module, asked: ast.expr, value: ast.expr) -> bool:
    """Whether a state is compared with the very one that is set: who comes second sets the same."""
    parent = module.parent(asked)
    if not isinstance(parent, ast.Compare) or not isinstance(parent.ops[0], _SAMENESS):
        return False
    other = parent.comparators[0] if parent.left is asked else parent.left
    return ast.dump(other) == ast.dump(value)


def _is_toggled(module: Module, change: ast.Assign, target: ast.Attribute) -> bool:
    """Whether each branch of the test sets the state, to and fro."""
    parent = module.parent(change)
    if not isinstance(parent, ast.If):
        return False
    other = parent.orelse if change in parent.body else parent.body
    return any(
        isinstance(one, ast.Assign)
        and isinstance(one.targets[0], ast.Attribute)
        and is_read(module, target, one.targets[0])
        for one in other
    )


def _tested_before(module: Module, change: ast.Assign, target: ast.Attribute) -> ast.expr | None:
    """What asks for the very attribute: a test that the assignment stands under or behind, or the query."""
    for test, _ in tests_before(module, change):
        for part in ast.walk(test):
            if isinstance(part, (ast.Attribute, ast.Name)) and _reads(module, target, part):
                if not asks_for_what_is_set(module, part, change.value):
                    return test
    assert isinstance(target.value, ast.Name)
    for _, value in last_assigned(module, target.value):
        for asked in statement_parts(module, value):
            if isinstance(asked, ast.Compare) and isinstance(asked.left, ast.Attribute):
                if asked.left.attr == target.attr and names_model(asked.left.value):
                    return asked
            elif isinstance(asked, ast.Call) and last_name(asked) in _FILTERING:
                if any(one.arg == target.attr for one in asked.keywords):
                    return asked
    return None


def _is_refused(module: Module, change: ast.Assign) -> bool:
    """Whether a state is set on the way to a refusal, or says that the time is over: anybody may do so."""
    if says_time_is_over(change.value):
        return True
    parent = module.parent(change)
    blocks = [getattr(parent, field, None) for field in ("body", "orelse")]
    return any(
        isinstance(block, list) and change in block and isinstance(block[-1], ast.Raise) for block in blocks
    )
