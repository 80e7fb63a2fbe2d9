"""Text updates: UPDATE statements that are written out, and the SELECT whose row decides what they set."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.row_checks import tests_before
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.tested_states import matters_twice, tells_state
from flake8_auditrules.semantics.text_inserts import GivenValues, asking_call, items_of, plain_name, text_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TABLE = r"([\w.\"`\[\]{}]+)"
_UPDATE = pattern(
    rf"\s*UPDATE\s+(?:ONLY\s+)?{_TABLE}(?:\s+AS\s+\w+|\s+\w+)??\s+SET\s+(.*?)\s+WHERE\s+(.*)",
    re.IGNORECASE | re.DOTALL,
)
_FROM = pattern(rf"\s*SELECT\b.*?\bFROM\s+{_TABLE}", re.IGNORECASE | re.DOTALL)
_SET = pattern(r"\s*([\w.\"`]+)\s*=\s*(.*)", re.DOTALL)
_LOCKING = pattern(
    r"\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b|\bBEGIN\s+(?:IMMEDIATE|EXCLUSIVE)\b|\bSERIALIZABLE\b|\bLOCK\s+(?:TABLE|IN)\b"
    r"|\bREPEATABLE\s+READ\b|advisory_",
    re.IGNORECASE,
)
_NOW = pattern(r"now|utcnow|time|isoformat|timestamp|current_timestamp", re.IGNORECASE)
_CONVERTING = frozenset({"int", "float", "Decimal"})


class TextUpdate(NamedTuple):
    """A column that an UPDATE sets, and the line (1-based) where what a row had in it was asked for."""

    column: str
    line: int
    is_number: bool
    for_sqlite: bool


def unguarded_update(module: Module, function: FunctionNode, update: ast.Call) -> TextUpdate | None:
    """
    The column that an UPDATE sets because of what a row had in it when it was read before, or adds to it.

    None where the statement asks for the old value itself, where what it sets is made by the database, or where
    the function locks the row.
    """
    text = text_of(module, update.args[0]) if update.args else None
    found = _UPDATE.match(text) if text is not None else None
    if found is None or text is None or _locks(module, function):
        return None
    given = GivenValues(module, update)
    table = plain_name(found[1])
    for item in items_of(found[2]):
        pair = _SET.match(item)
        if pair is None:
            return None
        places = re.findall(database.PLACEHOLDER, pair[2])
        values = [given.value(place) for place in places]
        column = plain_name(pair[1])
        if re.search(rf"\b{re.escape(column)}\b", found[3], re.IGNORECASE):
            continue
        value: ast.expr | str | None = values[0] if places and pair[2].strip() == places[0] else pair[2].strip()
        line = _line(module, update, table, column, value)
        if line is not None and matters_twice(module, update, column):
            return TextUpdate(column, line, not tells_state(column), "?" in text and not module.awaited(update))
    return None


def _locks(module: Module, function: FunctionNode) -> bool:
    """Whether a function locks rows or a table, or asks how many rows it has changed."""
    return any(
        (isinstance(part, ast.Constant) and isinstance(part.value, str) and _LOCKING.search(part.value))
        or (isinstance(part, ast.Attribute) and part.attr == "rowcount")
        for part in module.own_nodes(function)
    )


def _line(module: Module, update: ast.Call, table: str, column: str, value: ast.expr | str | None) -> int | None:
    """Where the old value of a column was read on which what is set depends; None for what does not."""
    if tells_state(column):
        said = value if isinstance(value, str) else getattr(value, "value", last_name(value))
        if not _is_one_state(value) or database.TIMED_OUT.search(str(said)):
            # That the time is over, anybody may say.
            return None
        for test, _ in tests_before(module, update):
            for read in _reads(test, column):
                if _is_row_of(module, read, table) and not _is_of_what_is_set(module, read, value):
                    return test.lineno
        return None
    if isinstance(value, ast.Name):
        assigned = [one for _, one in last_assigned(module, value)]
        value = assigned[0] if len(assigned) == 1 else None
    if not isinstance(value, ast.BinOp) or not isinstance(value.op, (ast.Add, ast.Sub)):
        return None
    old = value.left
    while isinstance(old, ast.BoolOp) or (
        isinstance(old, ast.Call) and last_name(old) in _CONVERTING and old.args
    ):
        old = old.values[0] if isinstance(old, ast.BoolOp) else old.args[0]
    for read in _reads(old, column):
        if read is old and _is_row_of(module, read, table):
            return read.lineno
    return None


def _is_one_state(value: ast.expr | str | None) -> bool:
    """Whether what is set is one state: a constant in the text or in the code, or the time of now."""
    if isinstance(value, str):
        return "(" not in value or _NOW.search(value) is not None
    if isinstance(value, ast.Constant):
        return value.value is not None
    if isinstance(value, ast.Attribute):
        return last_name(value.value)[:1].isupper() or value.attr == "value" or value.attr.isupper()
    if isinstance(value, ast.Call):
        return _NOW.search(last_name(value)) is not None
    return isinstance(value, ast.Name) and (value.id.isupper() or _NOW.search(value.id) is not None)


def _reads(expression: ast.AST, column: str) -> Iterator[ast.expr]:
    """The reads of a row's column in an expression: `row["status"]`, `row.status`, `row.get("status")`."""
    for part in ast.walk(expression):
        if isinstance(part, ast.Subscript):
            if isinstance(part.slice, ast.Constant) and part.slice.value == column:
                yield part
        elif isinstance(part, ast.Attribute):
            if part.attr == column:
                yield part
        elif isinstance(part, ast.Call) and last_name(part) == "get" and part.args:
            if isinstance(part.args[0], ast.Constant) and part.args[0].value == column:
                yield part


def _is_row_of(module: Module, read: ast.expr, table: str) -> bool:
    """Whether a column is read of a row that a SELECT of the same table has given."""
    row: ast.expr = read
    if isinstance(row, ast.Call) and isinstance(row.func, ast.Attribute):
        row = row.func.value
    elif isinstance(row, (ast.Subscript, ast.Attribute)):
        row = row.value
    function = module.function_of(read)
    if not isinstance(row, ast.Name) or not isinstance(function, _FUNCTIONS):
        return False
    select = asking_call(module, function, row)
    text = text_of(module, select.args[0]) if select is not None else None
    asked = _FROM.match(text) if text is not None else None
    return asked is not None and plain_name(asked[1]) == table


def _is_of_what_is_set(module: Module, read: ast.expr, value: ast.expr | str | None) -> bool:
    """Whether a state is compared with the very one that is set: who comes second sets the same."""
    parent = module.parent(read)
    if not isinstance(parent, ast.Compare) or len(parent.comparators) != 1:
        return False
    other = parent.comparators[0] if parent.left is read else parent.left
    if isinstance(value, str):
        return isinstance(other, ast.Constant) and str(other.value) == value.strip("'\"")
    return value is not None and ast.dump(other) == ast.dump(value)
