"""Unpaused stretches: parts of coroutines in which nothing else runs on the event loop."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sessions import session_of

_PAUSING = (ast.Await, ast.AsyncFor, ast.Yield, ast.YieldFrom)
_MAXIMUM_HOPS = 4


def is_unpaused(module: Module, function: FunctionNode, asked: ast.AST, change: ast.AST) -> bool:
    """
    Whether a coroutine goes from what it asks to the commit of a change without a pause.

    The commit is the last one behind the change, or that of the `with` around it: a plain session is at work, and
    no other coroutine of the process comes between. Where the commit is not seen it may come after a pause.
    """
    if not isinstance(function, ast.AsyncFunctionDef):
        return False
    last = _end(module, function, change)
    if last is None:
        return False
    first = _first_line(module, asked, 0)
    return not any(_pauses(module, part, first, last) for part in module.own_nodes(function))


def lines_of_commits(module: Module, function: FunctionNode, change: ast.AST) -> list[int]:
    """The lines (1-based) on which the commits of a function end that stand behind a place."""
    line = getattr(change, "lineno", 0)
    return [
        part.end_lineno or part.lineno
        for part in module.own_nodes(function)
        if isinstance(part, ast.Call) and part.lineno >= line and "commit" in last_name(part)
    ]


def _first_line(module: Module, asked: ast.AST, hops: int) -> int:
    """The line on which what a test asks was read from the database."""
    lines = [getattr(asked, "lineno", 0)]
    for part in ast.walk(asked) if hops < _MAXIMUM_HOPS else ():
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            # Where the session itself comes from does not matter.
            for _, value in () if session_of(module, part) is not None else last_assigned(module, part):
                if isinstance(value, (ast.Await, ast.Call)) and value.lineno <= lines[0]:
                    lines.append(_first_line(module, value, hops + 1))
    return min(lines)


def _end(module: Module, function: FunctionNode, change: ast.AST) -> int | None:
    """The line by which a change is committed, as far as the function shows it; None where it does not."""
    commits = lines_of_commits(module, function, change)
    if commits:
        return max(commits)
    blocks = []
    for around in module.ancestors(change):
        if around is function:
            break
        if isinstance(around, ast.With):
            blocks.append(around.end_lineno or around.lineno)
    return max(blocks, default=None)


def _pauses(module: Module, part: ast.AST, first: int, last: int) -> bool:
    """Whether a part of a coroutine may let others run between two lines."""
    if isinstance(part, ast.AsyncWith):
        return first <= part.lineno <= last or first <= (part.end_lineno or part.lineno) <= last
    if isinstance(part, ast.comprehension):
        return bool(part.is_async) and first <= part.target.lineno <= last
    return isinstance(part, _PAUSING) and first <= part.lineno <= last
