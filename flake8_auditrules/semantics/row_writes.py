"""Row writes: loops that send one INSERT, UPDATE or DELETE for each row, where one call could send them all."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.row_loops import (
    asks_no_table,
    depends_on_item,
    is_for_one_item,
    is_long,
    is_over_rows,
)
from flake8_auditrules.semantics.sql_texts import built_text

_INSERTING = pattern(r"\s*(?:INSERT|REPLACE|MERGE)\s+(?:OR\s+\w+\s+)?INTO\s", re.IGNORECASE)
_CHANGING = pattern(r"\s*(?:DELETE\s+FROM|UPDATE\s+\S+\s+SET)\s", re.IGNORECASE)
# Placeholders that no SQLite driver has.
_OF_SERVERS = pattern(r"%s|%\(\w+\)s|\$\d")
# Other work with the database that each turn does.
_SENDING = frozenset(
    {
        "add",
        "commit",
        "delete",
        "exec",
        "execute",
        "executemany",
        "flush",
        "merge",
        "query",
        "save",
        "scalar",
        "scalars",
        "sleep",
    }
)
# What a cursor tells of the statement before.
_ANSWERS = frozenset({"inserted_primary_key", "lastrowid", "rowcount"})
# What makes a turn a unit of work, or the last one.
_LEAVING = (ast.Return, ast.Break, ast.Yield, ast.YieldFrom, ast.Try, ast.With, ast.AsyncWith, ast.Raise)


def writes_per_row(module: Module) -> Iterator[tuple[ast.Call, ast.For]]:
    """
    The calls that send a statement of their own for each row, with the loop around them.

    Each turn sends that one statement, takes no answer, waits for nothing else and cannot end the loop, so that
    `executemany` or one statement for all rows does the same. SQLite without a network between counts where the
    statement is awaited, and so handed to a thread each time.
    """
    for call in module.calls_named("execute", "exec"):
        loop = module.loop_of(call)
        if isinstance(loop, ast.For) and call.args and isinstance(call.func, ast.Attribute):
            if _writes(module, call) and _is_all_that_is_sent(module, call, loop):
                yield call, loop


def _writes(module: Module, call: ast.Call) -> bool:
    """Whether a call sends an INSERT, UPDATE or DELETE, not to a SQLite database of its own process."""
    inner = call.args[0]
    while isinstance(inner, ast.Call):
        if module.qualname(inner.func) in database.CHANGING_STATEMENTS:
            return True
        inner = inner.func.value if isinstance(inner.func, ast.Attribute) else inner.func
    literal = built_text(module, call.args[0]).literal
    if not (_INSERTING.match(literal) or _CHANGING.match(literal)) or "RETURNING" in literal.upper():
        return False
    if module.awaited(call) or _OF_SERVERS.search(literal):
        return True
    return "?" not in literal and not module.imports("sqlite3", "apsw", "duckdb")


def _is_all_that_is_sent(module: Module, call: ast.Call, loop: ast.For) -> bool:
    sent = module.parent(call)
    if isinstance(sent, ast.Await):
        sent = module.parent(sent)
    if not isinstance(sent, ast.Expr) or not depends_on_item(module, call, loop):
        return False
    for part in own_parts(loop.body):
        if isinstance(part, _LEAVING):
            return False
        if isinstance(part, ast.Await) and part.value is not call:
            return False
        if isinstance(part, ast.Call) and part is not call and last_name(part) in _SENDING:
            return False
        if isinstance(part, ast.Attribute) and part.attr in _ANSWERS:
            return False
    return (
        is_over_rows(module, loop.iter, 0)
        and is_long(module, loop)
        and not asks_no_table(module, call, loop)
        and not is_for_one_item(module, call, loop)
    )
