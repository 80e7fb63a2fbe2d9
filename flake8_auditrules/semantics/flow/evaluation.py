"""What a statement evaluates where it stands, and what stands below and within it.

The tree is only read. Bodies of compound statements are not part of what their header evaluates, and bodies
of nested functions are not part of what the `def` evaluates.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Union

from flake8_auditrules.semantics.walk import children

FunctionNode = Union[ast.FunctionDef, ast.AsyncFunctionDef]
Statement = Union[ast.stmt, ast.ExceptHandler]

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
TRY_STAR: type[ast.stmt] | None = getattr(ast, "TryStar", None)
"""The class of `try` statements with `except*`; None before Python 3.11."""

_TYPE_ALIAS: type[ast.stmt] | None = getattr(ast, "TypeAlias", None)


def dotted(expression: ast.AST) -> str | None:
    """Give the source text of a name or a chain of attributes of a name (`a.b.c`), or None for all else."""
    names: list[str] = []
    while isinstance(expression, ast.Attribute):
        names.append(expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return None
    names.append(expression.id)
    names.reverse()
    return ".".join(names)


def header(statement: Statement) -> list[ast.AST]:
    """List the topmost nodes that the point of a statement evaluates: of a simple statement, itself."""
    if isinstance(statement, (ast.If, ast.While)):
        return [statement.test]
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        return [statement.iter, statement.target]
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return list(statement.items)
    if isinstance(statement, ast.Match):
        return [statement.subject]
    if isinstance(statement, ast.ExceptHandler):
        return [] if statement.type is None else [statement.type]
    if isinstance(statement, ast.ClassDef):
        return [*statement.decorator_list, *statement.bases, *statement.keywords]
    if isinstance(statement, FUNCTIONS):
        return [*statement.decorator_list, *_defaults(statement.args)]
    if isinstance(statement, ast.Try) or (TRY_STAR is not None and isinstance(statement, TRY_STAR)):
        return []
    return [statement]


def _defaults(arguments: ast.arguments) -> list[ast.AST]:
    return [*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)]


def descend(roots: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """
    Yield the roots and what is evaluated with them, less the bodies of functions and lambdas.

    Operators and contexts (`ast.Load`) are left out.
    """
    waiting = list(roots)
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        yield node
        kind = node.__class__
        if kind is ast.Name or kind is ast.Constant:
            continue
        if kind is ast.Lambda:
            below = _defaults(node.args)  # type: ignore[attr-defined]
        elif kind is _TYPE_ALIAS:
            # The value of `type X = ...` is evaluated when it is asked for.
            continue
        else:
            below = children(node)
        if below:
            below.reverse()
            waiting.extend(below)


def evaluated(statement: Statement) -> Iterator[ast.AST]:
    """Yield the nodes that one point of the graph itself evaluates, in source order.

    A simple statement comes whole, itself first. Of a compound statement only its header comes: the test,
    the iterable and target, the `with` items, the subject, decorators, defaults and bases. The bodies of
    nested functions and lambdas never come; the body of a class has points of its own.
    """
    return descend(header(statement))


def everything(roots: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the roots and all nodes below, nested functions with them."""
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        yield node
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, ast.AST):
                waiting.append(value)
            elif isinstance(value, list):
                waiting.extend(part for part in value if isinstance(part, ast.AST))


def way_down(roots: Iterable[ast.AST], goal: ast.AST) -> list[ast.AST]:
    """List the nodes from one of the roots down to a node below it, both included."""
    above: dict[int, ast.AST | None] = {id(root): None for root in roots}
    for node in everything(roots):
        if node is goal:
            break
        for child in ast.iter_child_nodes(node):
            above.setdefault(id(child), node)
    way = [goal]
    parent = above.get(id(goal))
    while parent is not None:
        way.append(parent)
        parent = above.get(id(parent))
    way.reverse()
    return way


def statements_in(statement: Statement) -> Iterator[Statement]:
    """Yield a statement or handler and those nested in it, nested functions' bodies left out."""
    waiting: list[Statement] = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, FUNCTIONS):
            continue
        for field in ("body", "orelse", "handlers", "finalbody"):
            waiting.extend(getattr(node, field, ()))
        for case in getattr(node, "cases", ()):
            waiting.extend(case.body)


def arguments_of(function: FunctionNode | ast.Module) -> dict[str, ast.arg]:
    """Give the arguments of a function by their names; a module has none."""
    if isinstance(function, ast.Module):
        return {}
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
    return {argument.arg: argument for argument in every}


def is_irrefutable(case: ast.match_case) -> bool:
    """Answer whether a case takes every subject: it has no guard, and its pattern is a bare name or `_`."""
    if case.guard is not None:
        return False
    pattern: ast.pattern = case.pattern
    while True:
        if isinstance(pattern, ast.MatchAs):
            if pattern.pattern is None:
                return True
            pattern = pattern.pattern
        elif isinstance(pattern, ast.MatchOr):
            pattern = pattern.patterns[-1]
        else:
            return False
