"""Next numbers: rows that get the number after the highest one which a query has found."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.semantics.django_inserts import NUMBERING
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import last_assigned, statement_parts
from flake8_auditrules.semantics.row_checks import is_answer
from flake8_auditrules.semantics.row_guards import is_guarded
from flake8_auditrules.semantics.scopes import FunctionNode

_MAXIMUM_HOPS = 3


def number_counted(module: Module, function: FunctionNode, made: ast.Call, model: str) -> ast.expr | None:
    """
    Where the highest number so far is read, of a row of SQLAlchemy's that is made with the next one.

    `Invoice(number=last + 1)` after `last = session.scalar(select(func.max(Invoice.number))) or 0`. None where the
    function has claimed what the numbers belong to.
    """
    if is_guarded(module, function) or any(
        isinstance(part, ast.Attribute) and part.attr == "rowcount" for part in module.own_nodes(function)
    ):
        return None
    for given in made.keywords:
        if given.arg is None or not NUMBERING.fullmatch(given.arg):
            continue
        for value in _values(module, given.value, 0):
            if not isinstance(value, ast.BinOp) or not isinstance(value.op, ast.Add):
                continue
            if not isinstance(value.right, ast.Constant) or value.right.value != 1:
                continue
            for read in _values(module, value.left, 0):
                if _is_highest(module, read, f"{model}.{given.arg}"):
                    return read
    return None


def _values(module: Module, value: ast.expr, hops: int) -> Iterator[ast.expr]:
    """The values that an expression may have: `a if b else c`, `a or 0`, and what a name was last assigned."""
    if isinstance(value, ast.Name) and hops < _MAXIMUM_HOPS:
        for _, one in last_assigned(module, value):
            yield from _values(module, one, hops + 1)
    elif isinstance(value, ast.IfExp):
        yield from _values(module, value.body, hops + 1)
        yield from _values(module, value.orelse, hops + 1)
    elif isinstance(value, ast.BoolOp):
        yield from _values(module, value.values[0], hops + 1)
    elif isinstance(value, ast.Await):
        yield value.value
    else:
        yield value


def _is_highest(module: Module, read: ast.expr, column: str) -> bool:
    """Whether an expression is the answer of a query for the highest number in a column."""
    return is_answer(module, read) and any(
        isinstance(part, ast.Call)
        and last_name(part) == "max"
        and len(part.args) == 1
        and dotted(part.args[0]) == column
        for part in statement_parts(module, read)
    )
