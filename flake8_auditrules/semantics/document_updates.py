"""Document updates: updates of MongoDB that write what was worked out of a document, or a state tested in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.row_changes import ChangeKind, RowChange
from flake8_auditrules.semantics.row_checks import tests_before
from flake8_auditrules.semantics.tested_states import is_one_state, says_time_is_over, tells_state

UPDATING = ("find_one_and_update", "update_one")


def document_change(module: Module, update: ast.Call) -> RowChange | None:
    """
    What an update sets of a document that its function has read: a number that grew, or a state that was tested.

    None where its filter asks for the old value too.
    """
    if len(update.args) < 2 or not isinstance(update.func, ast.Attribute):
        return None
    collection = module.text(update.func.value)
    for column, value in _set(update.args[1]):
        if _names(update.args[0], column):
            continue
        if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Sub)):
            read = value.left.values[0] if isinstance(value.left, ast.BoolOp) else value.left
            if not isinstance(value.right, (ast.List, ast.JoinedStr)) and _is_read(
                module, read, column, collection
            ):
                return RowChange(update, ChangeKind.COUNTER, 0, False)
        elif tells_state(column) and is_one_state(value) and not says_time_is_over(value):
            for test, _ in tests_before(module, update):
                if any(_is_read(module, part, column, collection) for part in ast.walk(test)):
                    if not any(ast.dump(part) == ast.dump(value) for part in ast.walk(test)):
                        return RowChange(update, ChangeKind.STATE, test.lineno, False)
    return None


def _set(change: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """The fields that `{"$set": {...}}` sets, and to what."""
    for operator, fields in _items(change):
        if operator == "$set":
            yield from _items(fields)


def _items(document: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(document, ast.Dict):
        for key, value in zip(document.keys, document.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value


def _names(asked: ast.expr, column: str) -> bool:
    """Whether a filter is not written out, or asks for a field or for one of several conditions."""
    return not isinstance(asked, ast.Dict) or any(name == column or name[:1] == "$" for name, _ in _items(asked))


def _is_read(module: Module, part: ast.AST, column: str, collection: str) -> bool:
    """Whether an expression is what a document of a collection, found before, has in a field."""
    key: ast.expr | None = None
    document: ast.expr | None = None
    if isinstance(part, ast.Subscript):
        document, key = part.value, part.slice
    elif (
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and part.func.attr == "get"
        and part.args
    ):
        document, key = part.func.value, part.args[0]
    if not isinstance(document, ast.Name) or not isinstance(key, ast.Constant) or key.value != column:
        return False
    for _, value in last_assigned(module, document):
        found = value.value if isinstance(value, ast.Await) else value
        if (
            isinstance(found, ast.Call)
            and isinstance(found.func, ast.Attribute)
            and last_name(found) == "find_one"
        ):
            if module.text(found.func.value) == collection:
                return True
    return False
