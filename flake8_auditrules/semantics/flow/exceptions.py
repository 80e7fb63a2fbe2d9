"""Exceptions: what is known of one that is raised, what catches what, and what `with` items swallow."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Sequence

from flake8_auditrules.knowledge.control_flow import (
    BASE_EXCEPTION,
    BASES,
    CANCELLED_ERROR,
    EXCEPTION,
    SAME_CLASS,
    SWALLOW_ARGUMENTS,
    SWALLOW_CANCELLATION,
    SWALLOW_METHODS,
)
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.names import uncalled

Qualname = Callable[[ast.expr], "str | None"]


class Raised(NamedTuple):
    """What is known of an exception: the qualified name of its class, and whether subclasses are excluded.

    `partial` tells that an `except*` handler got it, and that a rest of the group may still be pending.
    """

    name: str
    exact: bool
    partial: bool = False


UNKNOWN = Raised(EXCEPTION, False)
CANCELLED = Raised(CANCELLED_ERROR, True)
GENERATOR_EXIT = Raised("builtins.GeneratorExit", True)

_ancestors_known: dict[str, frozenset[str] | None] = {}


def canonical(name: str) -> str:
    """Give the one name by which a class is known here: `IOError` and `socket.error` are `builtins.OSError`."""
    if "." not in name:
        name = f"builtins.{name}"
    if name.startswith("builtins."):
        # IOError and EnvironmentError are OSError.
        found = getattr(builtins, name[len("builtins.") :], None)
        if isinstance(found, type) and issubclass(found, BaseException):
            return f"builtins.{found.__name__}"
    return SAME_CLASS.get(name, name)


def ancestors_of(name: str) -> frozenset[str] | None:
    """Give the canonical names of a class and its ancestors, or None if its ancestry is unknown."""
    if name in _ancestors_known:
        return _ancestors_known[name]
    result: frozenset[str] | None = None
    if name.startswith("builtins."):
        found = getattr(builtins, name[len("builtins.") :], None)
        if isinstance(found, type) and issubclass(found, BaseException):
            result = frozenset(f"builtins.{base.__name__}" for base in found.__mro__)
    if result is None and name in BASES:
        above = ancestors_of(BASES[name])
        result = None if above is None else above | {name}
    if len(_ancestors_known) < 4096:
        _ancestors_known[name] = result
    return result


def is_outside_exception(name: str) -> bool:
    """Answer whether a class is known to be no Exception, such as CancelledError."""
    above = ancestors_of(name)
    return above is not None and EXCEPTION not in above and name != BASE_EXCEPTION


def is_below(name: str | None, classes: set[str]) -> bool:
    """Answer whether a class is one of these or a subclass of one."""
    if name is None:
        return False
    above = ancestors_of(name)
    return name in classes or (above is not None and not above.isdisjoint(classes))


def catches(raised: Raised, caught: Sequence[str | None]) -> tuple[list[Raised], bool]:
    """Answer what a handler for the classes `caught` may get of `raised`, and whether it gets all of it.

    A class that could not be named is None in `caught`.
    """
    above = ancestors_of(raised.name)
    # A class of unknown ancestry is taken to be an Exception, as nearly all are.
    outside = is_outside_exception(raised.name)
    taken: list[Raised] = []
    for name in caught:
        if name == BASE_EXCEPTION or name == raised.name:
            return [raised], True
        if name is None:
            taken.append(raised)
            continue
        below = ancestors_of(name)
        if above is not None and name in above:
            return [raised], True
        if above is None:
            if name == EXCEPTION:
                return [raised], True
            if below is None or EXCEPTION in below:
                taken.append(raised if raised.exact else Raised(name, False))
        elif below is not None:
            if not raised.exact and raised.name in below:
                taken.append(Raised(name, False))
        elif not outside:
            # A class of unknown ancestry may be another name of the exact class, or below the inexact one.
            taken.append(raised if raised.exact else Raised(name, False))
    return taken, False


def classes_of(expression: ast.expr | None, qualname: Qualname) -> list[str | None]:
    """List the canonical names of the classes that an `except` expression names; None for the unknown."""
    if expression is None:
        return [BASE_EXCEPTION]
    found: list[str | None] = []
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, (ast.Tuple, ast.List)):
            waiting.extend(reversed(part.elts))
            continue
        if isinstance(part, ast.Starred):
            found.append(None)
            continue
        name = qualname(uncalled(part))
        if isinstance(part, ast.Call) and name != "anyio.get_cancelled_exc_class":
            name = None
        found.append(None if name is None else canonical(name))
    return found


def swallowed(item: ast.withitem, qualname: Qualname) -> list[str | None]:
    """List the exception classes that a `with` item keeps from going on."""
    call = item.context_expr
    if not isinstance(call, ast.Call):
        return []
    name = qualname(call.func)
    if name in SWALLOW_CANCELLATION:
        return [CANCELLED_ERROR]
    if name == "contextlib.suppress":
        return [kind for argument in call.args for kind in classes_of(argument, qualname)]
    if name in SWALLOW_ARGUMENTS or (isinstance(call.func, ast.Attribute) and call.func.attr in SWALLOW_METHODS):
        given = call.args[:1] or [word.value for word in call.keywords if word.arg == "expected_exception"]
        return [kind for argument in given for kind in classes_of(argument, qualname)]
    return []


def raised_by(statement: ast.Raise, qualname: Qualname) -> Raised:
    """Give what is known of the exception that a `raise` statement names itself."""
    if statement.exc is None:
        return UNKNOWN
    name = qualname(uncalled(statement.exc))
    if name is None:
        return UNKNOWN
    name = canonical(name)
    if name in (EXCEPTION, BASE_EXCEPTION):
        return Raised(name, True)
    if ancestors_of(name) is None and not name.rpartition(".")[2][:1].isupper():
        # A variable or a function that makes the exception.
        return UNKNOWN
    return Raised(name, True)
