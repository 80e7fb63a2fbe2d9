"""Narrow handlers: those for a class that looks like every failure of a request, and leaves some through."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge.narrow_failures import BESIDE, CLASSES, COVERING, Narrow
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# A session whose requests have no time-out as a whole.
_ENDLESS = pattern(r"\btotal\s*=\s*None|\btimeout\s*=\s*None")
_SESSION = pattern(r"(?:^|_)session$")


class NarrowHandler(NamedTuple):
    """
    A handler, the class that it names as written, and what that class does not cover.

    `is_alone` is false where another handler, there or around, takes what it misses.
    """

    handler: ast.ExceptHandler
    caught: str
    narrow: Narrow
    is_alone: bool


def narrow_handlers(module: Module) -> Iterator[NarrowHandler]:
    """The handlers around requests whose classes miss a failure of these, in source order."""
    for attempt in module.nodes(ast.Try):
        for handler in attempt.handlers:
            found = _narrow(module, attempt, handler)
            if found is not None:
                yield found
                break


def _narrow(module: Module, attempt: ast.Try, handler: ast.ExceptHandler) -> NarrowHandler | None:
    for named, name in _named(module, handler):
        narrow = CLASSES.get(name or "")
        if narrow is None:
            continue
        if not _asks(module, attempt, narrow) or _only_passes_on(handler):
            return None
        is_alone = not _covers(module, attempt) and not is_covered(module, attempt)
        return NarrowHandler(handler, named, narrow, is_alone)
    return None


def _named(module: Module, handler: ast.ExceptHandler) -> Iterator[tuple[str, str | None]]:
    """The classes of a handler as they are written, each with its qualified name."""
    kind = handler.type
    parts = kind.elts if isinstance(kind, ast.Tuple) else [kind] if kind is not None else []
    for part, name in zip(parts, handlers.caught(module, handler), strict=False):
        yield last_name(part), name


def _covers(module: Module, attempt: ast.Try) -> bool:
    """Whether a handler of a `try` takes what narrow classes leave out, or may: one whose class is not known."""
    return any(
        name is None or name in COVERING or not name.startswith(BESIDE)
        for handler in attempt.handlers
        for name in handlers.caught(module, handler)
    )


def _tries_around(module: Module, node: ast.AST) -> Iterator[ast.Try]:
    """The `try` statements of the function in whose blocks a node stands."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (*_FUNCTIONS, ast.Lambda)):
            return
        if isinstance(ancestor, ast.Try) and child in ancestor.body:
            yield ancestor
        child = ancestor


def is_covered(module: Module, node: ast.AST) -> bool:
    """Whether a node stands, in its function, where what narrow classes leave out is taken."""
    return any(_covers(module, attempt) for attempt in _tries_around(module, node)) or any(
        last_name(item.context_expr) == "suppress"
        for ancestor in module.ancestors(node)
        if isinstance(ancestor, ast.With)
        for item in ancestor.items
    )


def _only_passes_on(handler: ast.ExceptHandler) -> bool:
    """Whether a handler lets out what it took, so that what it misses goes the same way."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _asks(module: Module, attempt: ast.Try, narrow: Narrow) -> bool:
    """Whether the block of a `try` sends such a request itself."""
    for call in handlers.own_calls(attempt.body):
        if module.callee(call) in narrow.calls:
            # A client that is given no address connects later.
            return bool(call.args or call.keywords)
        function = call.func
        if isinstance(function, ast.Attribute) and function.attr in narrow.methods:
            held = module.instance_of(function.value)
            if held == narrow.owner or (held is None and _is_unknown_session(function.value, narrow)):
                return not any(map(_ENDLESS.search, module.lines))
    return False


def _is_unknown_session(receiver: ast.expr, narrow: Narrow) -> bool:
    """Whether what asks is called a session, in a `try` with a handler for aiohttp's failures."""
    return narrow.owner == "aiohttp.ClientSession" and _SESSION.search(last_name(receiver).lower()) is not None
