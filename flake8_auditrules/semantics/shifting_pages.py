"""Shifting pages: loops that go on by an offset over rows which they take out of the query themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.scopes import BindingKind

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_FILTERING = frozenset({"filter", "where", "filter_by"})
_MAXIMUM_HOPS = 4


class Removal(NamedTuple):
    """What takes a row out of the query: the statement's node, and in words what it does."""

    node: ast.AST
    fact: str


def removal_from_page(module: Module, offset: ast.Call) -> Removal | None:
    """
    What takes rows out of the query that a call `.offset(x)` pages, in the loop that makes x larger.

    A row is taken out that is deleted, or whose attribute the query asks for is given another value. None where
    the loop does not go on by the offset, or nothing takes rows out.
    """
    loop = module.loop_of(offset)
    given = module.argument(offset, "offset", 0)
    if not isinstance(loop, _LOOPS) or not isinstance(given, ast.Name) or not _grows(module, loop, given):
        return None
    statement = module.statement(offset)
    query = _chain(module, offset)
    carriers = _carriers(loop, statement)
    wanted = dict(_asked(module, query, 0))
    for inner in ast.walk(loop):
        if (
            inner is loop
            or not isinstance(inner, (ast.For, ast.AsyncFor))
            or not isinstance(inner.target, ast.Name)
        ):
            continue
        if mentions(inner.iter, carriers) or any(node is offset for node in ast.walk(inner.iter)):
            found = _removal(module, inner, inner.target.id, wanted)
            if found is not None:
                return found
    return None


def _grows(module: Module, loop: ast.For | ast.AsyncFor | ast.While, offset: ast.Name) -> bool:
    """Whether each turn of a loop adds to the offset what does not depend on how many rows were kept."""
    if isinstance(loop, ast.For) and isinstance(loop.target, ast.Name) and loop.target.id == offset.id:
        return isinstance(loop.iter, ast.Call) and module.qualname(loop.iter.func) in (
            "builtins.range",
            "itertools.count",
        )
    changed = {
        node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    additions = [
        statement
        for statement in loop.body
        if isinstance(statement, ast.AugAssign)
        and isinstance(statement.op, ast.Add)
        and isinstance(statement.target, ast.Name)
        and statement.target.id == offset.id
    ]
    others = [
        node
        for node in ast.walk(loop)
        if isinstance(node, ast.Name) and node.id == offset.id and isinstance(node.ctx, ast.Store)
    ]
    if len(additions) != 1 or len(others) != 1:
        return False
    step = additions[0].value
    if isinstance(step, ast.Call):
        return module.qualname(step.func) == "builtins.len"
    return isinstance(step, (ast.Constant, ast.Attribute)) or (
        isinstance(step, ast.Name) and step.id not in changed
    )


def _chain(module: Module, offset: ast.Call) -> ast.expr:
    """The whole expression that a call of `offset` stands in, up to its statement."""
    whole: ast.expr = offset
    for ancestor in module.ancestors(offset):
        if not isinstance(ancestor, ast.expr):
            break
        whole = ancestor
    return whole


def _carriers(loop: ast.stmt, statement: ast.stmt) -> set[str]:
    """The names that hold the paged query, its result or its rows."""
    carriers = set(_targets(statement))
    for _ in range(_MAXIMUM_HOPS):
        before = len(carriers)
        for node in ast.walk(loop):
            if isinstance(node, ast.Assign) and node is not statement and mentions(node.value, carriers):
                carriers.update(_targets(node))
        if len(carriers) == before:
            break
    return carriers


def _targets(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            if isinstance(target, ast.Name):
                yield target.id


def _asked(module: Module, query: ast.expr, hops: int) -> Iterator[tuple[str, ast.expr | None]]:
    """The attributes that a query wants to be equal to something, with what; names of queries are followed."""
    for node in ast.walk(query):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FILTERING:
            for keyword in node.keywords:
                if keyword.arg is not None:
                    yield keyword.arg, keyword.value
            for argument in node.args:
                yield from _compared(argument)
        elif isinstance(node, ast.Name) and hops < _MAXIMUM_HOPS and isinstance(node.ctx, ast.Load):
            bindings = module.bindings(node)
            if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].value is not None:
                yield from _asked(module, bindings[0].value, hops + 1)


def _compared(condition: ast.expr) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(condition, ast.Compare) and len(condition.ops) == 1:
        if isinstance(condition.ops[0], ast.Eq) and isinstance(condition.left, ast.Attribute):
            yield condition.left.attr, condition.comparators[0]
    elif isinstance(condition, ast.Call) and last_name(condition) == "is_":
        function = condition.func
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Attribute) and condition.args:
            yield function.value.attr, condition.args[0]


def _removal(
    module: Module, rows: ast.For | ast.AsyncFor, row: str, wanted: dict[str, ast.expr | None]
) -> Removal | None:
    for node in ast.walk(rows):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "delete":
            if len(node.args) == 1 and isinstance(node.args[0], ast.Name) and node.args[0].id == row:
                return Removal(node, "deletes rows")
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            target = node.targets[0]
            if isinstance(target.value, ast.Name) and target.value.id == row and target.attr in wanted:
                asked = wanted[target.attr]
                if asked is not None and module.source(asked) != module.source(node.value):
                    return Removal(node, f"changes the `{target.attr}` that the query asks for")
    return None
