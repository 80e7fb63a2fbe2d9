"""Facts: what a path knows of the names and expressions that are tested, in three values and constants.

A *subject* is what tests are about, a *literal* one indivisible test of it, a *value* what is known of it:
which of None, falsy and truthy it can be, a constant that it is, and some that it is not. Subjects go by
their numbers (see `conditions`).
"""

from __future__ import annotations

import ast
import enum
from typing import Any

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow.evaluation import COMPREHENSIONS, dotted

# A value is one or more of these.
NONE = 1
FALSY = 2
TRUTHY = 4
_ALL = 7

Constant = tuple[type, Any]
"""A constant, told apart from those that equal it but are of another type (`1` and `True`)."""


class Value(NamedTuple):
    """What is known of a subject: which of None, falsy, truthy it can be; a constant it is; some it is not."""

    mask: int
    equal: Constant | None
    other: frozenset[Constant]


TOP = Value(_ALL, None, frozenset())
"""Nothing is known."""


class Test(enum.IntEnum):
    """What a literal asks of its subject."""

    TRUTH = 0
    NONE = 1
    EQUAL = 2
    """Whether it equals, or is, the constant."""


class Literal(NamedTuple):
    """An indivisible test: of a subject, its truth, whether it is None, or whether it equals a constant."""

    subject: int
    test: Test
    constant: Constant | None


class Subject(NamedTuple):
    """What tests are about: a dotted name, or (opaque) another expression, with the names it is made of."""

    key: str
    operands: tuple[str, ...]
    opaque: bool
    pure: bool


Choice = tuple[tuple[Literal, bool], ...]
"""Literals that hold together, each with its truth."""

Facts = tuple[tuple[int, Value], ...]
"""What is known of subjects, by their numbers in order; subjects of which nothing is known are left out."""


def _of_constant(value: object) -> Value:
    if value is None:
        return Value(NONE, None, frozenset())
    return Value(TRUTHY if value else FALSY, (type(value), value), frozenset())


def _refine(value: Value, literal: Literal, truth: bool) -> Value | None:
    """Give what is known after a test came out as `truth`, or None if it cannot."""
    mask, equal, other = value
    if literal.test is Test.TRUTH:
        mask &= TRUTHY if truth else NONE | FALSY
    elif literal.test is Test.NONE:
        mask &= NONE if truth else FALSY | TRUTHY
        if truth:
            equal = None
    else:
        constant = literal.constant
        assert constant is not None
        if truth:
            if (equal is not None and equal[1] != constant[1]) or constant in other:
                return None
            mask &= TRUTHY if constant[1] else FALSY
            equal = equal or constant
        else:
            if equal == constant:
                return None
            if len(other) < 16:
                other = other | {constant}
    if not mask:
        return None
    if mask == NONE:
        return Value(mask, None, frozenset())
    return Value(mask, equal, other)


def look(facts: Facts, number: int) -> Value:
    """Give what is known of the subject with a number; nothing is known of one that there is not (-1)."""
    for fact in facts:
        if fact[0] == number:
            return fact[1]
    return TOP


def put(facts: Facts, number: int, value: Value) -> Facts:
    """Give the facts with this one in place of what was known of the subject."""
    rest = [fact for fact in facts if fact[0] != number]
    if value != TOP:
        rest.append((number, value))
        rest.sort(key=_first)
    return tuple(rest)


def _first(fact: tuple[int, Value]) -> int:
    return fact[0]


def assume(facts: Facts, choice: Choice) -> Facts | None:
    """Give the facts where the literals of a choice hold as well, or None where they cannot."""
    for literal, truth in choice:
        value = _refine(look(facts, literal.subject), literal, truth)
        if value is None:
            return None
        facts = put(facts, literal.subject, value)
    return facts


class Assignment(NamedTuple):
    """A dotted name gets a value known in part, or the value of another dotted name."""

    target: str
    value: Value | None
    source: str | None


def truthy_assignment(name: str) -> Assignment:
    """Note that a name is bound to something that counts as true, such as a function or a module."""
    return Assignment(name, Value(TRUTHY, None, frozenset()), None)


def assigned(target: ast.expr, value: ast.expr) -> list[Assignment]:
    """List what an assignment of an expression to a target tells of the dotted names in the target."""
    found: list[Assignment] = []
    pairs = [(target, value)]
    while pairs:
        target, value = pairs.pop()
        if isinstance(target, (ast.Tuple, ast.List)):
            if (
                isinstance(value, (ast.Tuple, ast.List))
                and len(value.elts) == len(target.elts)
                and not any(isinstance(part, ast.Starred) for part in (*target.elts, *value.elts))
            ):
                # `a, b = b, a`: the values are taken before the names are bound.
                pairs.extend(
                    (left, right)
                    for left, right in zip(target.elts, value.elts, strict=True)
                    if dotted(right) is None
                )
            continue
        name = dotted(target)
        if name is None:
            continue
        if isinstance(value, ast.NamedExpr):
            value = value.value
        source = dotted(value)
        if source is not None:
            if source != name:
                found.append(Assignment(name, None, source))
        elif isinstance(value, ast.Constant):
            found.append(Assignment(name, _of_constant(value.value), None))
        elif isinstance(value, (ast.Lambda, ast.GeneratorExp)):
            found.append(truthy_assignment(name))
        elif isinstance(value, (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.JoinedStr, *COMPREHENSIONS)):
            # Not None; whether a container is empty may change behind the name's back.
            found.append(Assignment(name, Value(FALSY | TRUTHY, None, frozenset()), None))
    return found
