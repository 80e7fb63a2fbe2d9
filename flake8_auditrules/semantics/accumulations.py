"""Accumulations: loops over rows that do nothing but add up or count what the columns of each row say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module

# What a database computes of a column as well.
_COLUMN_METHODS = frozenset({"date", "isoformat", "lower", "strftime", "strip", "upper"})
_CONVERSIONS = frozenset({"abs", "bool", "float", "int", "max", "min", "round", "str"})
# What holds more than one value, which a function takes apart.
_DOCUMENT = pattern(r"blob|body|content|data|embedding|json|meta|payload|raw|text|vector", re.IGNORECASE)


def accumulation(module: Module, loop: ast.For | ast.AsyncFor) -> ast.stmt | None:
    """
    The statement that first counts or adds up in a loop over rows that does nothing else; None for other loops.

    `counts[row.kind] += 1` and `total += row.price * row.number` add up; so does `d[k] = d.get(k, 0) + 1`. Where a
    function is asked about a row it gets single columns. The values of a column that holds several may be counted
    beside the rows, never alone.
    """
    if not isinstance(loop.target, ast.Name) or loop.orelse:
        return None
    found: list[ast.stmt] = []
    if not all(_only_adds(statement, loop.target.id, found) for statement in loop.body):
        return None
    if any(_may_be_text(module, one) for one in found):
        return None
    return found[0] if found else None


def _may_be_text(module: Module, addition: ast.stmt) -> bool:
    """Whether what is added to is a name that begins as anything but a number."""
    target = addition.target if isinstance(addition, ast.AugAssign) else None
    if not isinstance(target, ast.Name):
        return False
    return not any(
        isinstance(one.value, ast.Constant) and isinstance(one.value.value, (int, float))
        for one in module.bindings(target)
    ) and not any(isinstance(one.value, ast.Call) for one in module.bindings(target))


def _only_adds(statement: ast.stmt, row: str, found: list[ast.stmt]) -> bool:
    """Whether a statement adds up, or prepares or decides it; those that add up are put into `found`."""
    if isinstance(statement, ast.Continue):
        return True
    if isinstance(statement, ast.If):
        blocks = (*statement.body, *statement.orelse)
        return is_of_columns(statement.test, row) and all(_only_adds(one, row, found) for one in blocks)
    if isinstance(statement, ast.For):
        beside: list[ast.stmt] = []
        return _holds_several(statement.iter, row) and all(_only_adds(one, row, beside) for one in statement.body)
    if isinstance(statement, ast.AugAssign):
        if not isinstance(statement.op, ast.Add) or not isinstance(statement.target, (ast.Name, ast.Subscript)):
            return False
        if isinstance(statement.value, (ast.List, ast.Tuple, ast.JoinedStr)) or _is_text(statement.value):
            return False
        found.append(statement)
        return is_of_columns(statement.value, row) and is_of_columns(statement.target, row)
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return False
    target, value = statement.targets[0], statement.value
    if isinstance(target, ast.Name):
        return is_of_columns(value, row)
    if isinstance(target, ast.Subscript) and isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        left = value.left
        if isinstance(left, ast.Call) and isinstance(left.func, ast.Attribute) and left.func.attr == "get":
            found.append(statement)
            arguments = [target, *left.args, value.right]
            return all(is_of_columns(one, row) for one in arguments)
    if (
        isinstance(target, ast.Subscript)
        and isinstance(value, ast.Constant)
        and isinstance(value.value, (int, float))
    ):
        # The first of its group: `if kind not in counts: counts[kind] = 0`.
        return is_of_columns(target, row)
    return False


def _holds_several(iterable: ast.expr, row: str) -> bool:
    """Whether a loop goes through one column of the row: `row.tags`, `row.tags or []`."""
    if isinstance(iterable, ast.BoolOp) and isinstance(iterable.op, ast.Or):
        iterable = iterable.values[0]
    return (
        isinstance(iterable, ast.Attribute) and isinstance(iterable.value, ast.Name) and iterable.value.id == row
    )


def _is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def is_of_columns(expression: ast.expr, row: str) -> bool:
    """Whether an expression says nothing of the row but what single columns of it say, and asks nothing else."""
    for part in ast.walk(expression):
        if isinstance(part, (ast.Await, ast.Lambda, ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.SetComp)):
            return False
        if isinstance(part, ast.Call) and not _is_simple_call(part, row):
            return False
    return all(_is_column(use) for use in _uses(expression, row))


def _is_simple_call(call: ast.Call, row: str) -> bool:
    if call.keywords:
        return False
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in _COLUMN_METHODS
    if not isinstance(call.func, ast.Name):
        return False
    if call.func.id in _CONVERSIONS:
        return True
    return 0 < len(call.args) <= 3 and all(
        isinstance(one, ast.Attribute)
        and isinstance(one.value, ast.Name)
        and one.value.id == row
        and not _DOCUMENT.search(one.attr)
        for one in call.args
    )


def _uses(expression: ast.expr, row: str) -> Iterator[list[ast.AST]]:
    """The ways down to each use of the row's name, the name last."""
    pending: list[list[ast.AST]] = [[expression]]
    while pending:
        way = pending.pop()
        node = way[-1]
        if isinstance(node, ast.Name) and node.id == row:
            yield way
        pending.extend([*way, child] for child in ast.iter_child_nodes(node))


def _is_column(way: list[ast.AST]) -> bool:
    """Whether the row is used as `row.column`; behind it a method of a text or a time, or an enum's value."""
    if len(way) < 2 or not isinstance(way[-2], ast.Attribute):
        return False
    around = way[-3] if len(way) > 2 else None
    if isinstance(around, ast.Attribute):
        return around.attr == "value" or around.attr in _COLUMN_METHODS
    return not isinstance(around, ast.Subscript) or around.value is not way[-2]
