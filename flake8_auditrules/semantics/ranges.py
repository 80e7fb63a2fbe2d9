"""Ranges: the numbers that something can be, and arithmetic on them."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Iterable, Sequence

from flake8_auditrules.records import NamedTuple

_INFINITY = math.inf
_LARGEST = 2**63
_LARGEST_EXPONENT = 64


class Range(NamedTuple):
    """
    The numbers that an expression can be.

    `low` and `high` are bounds (inclusive; infinite where open): no number outside of them is possible.
    `least` and `most` are evidence: the smallest and the largest number that the code shows to be possible
    (`inf` and `-inf` where it shows none). An unknown number has wide bounds and no evidence.

    `whole`: only integers. `dense`: every integer from `least` up to `high` is as possible as `least` is, as
    for the length of an unknown list. `none`: it may be None. Where `low > high` it is no number at all.
    """

    low: float = -_INFINITY
    high: float = _INFINITY
    least: float = _INFINITY
    most: float = -_INFINITY
    whole: bool = False
    dense: bool = False
    none: bool = False

    @property
    def reached(self) -> bool:
        """Whether the code shows that the low end is really possible, not only a bound on something unknown."""
        return self.low == self.least and self.least < _INFINITY

    @property
    def exact(self) -> bool:
        """Whether this is one number for certain."""
        return self.low == self.high == self.least and not self.none

    @property
    def empty(self) -> bool:
        """Whether this is no number."""
        return self.low > self.high

    @property
    def points(self) -> tuple[float, ...]:
        """The one or two numbers that are known to be possible."""
        if self.least > self.most:
            return ()
        return (self.least,) if self.least == self.most else (self.least, self.most)

    def bounds_only(self) -> Range:
        """The same bounds without the evidence."""
        return self._replace(least=_INFINITY, most=-_INFINITY, dense=False)


UNKNOWN = Range(none=True)
UNKNOWN_NUMBER = Range()
NOTHING = Range(_INFINITY, -_INFINITY, whole=True)
NONE = NOTHING._replace(none=True)
BOOLEAN = Range(0, 1, whole=True)
COLLECTION_SIZE = Range(0, _INFINITY, 0, 0, whole=True, dense=True)
"""The number of items of a collection of which nothing is known: it may be empty."""
ANY_SIZE = Range(0, _INFINITY, whole=True)


def exact(number: float) -> Range:
    """The range of one number."""
    return _made(number, number, [number], isinstance(number, int))


def at_least(low: int, *, possible: bool, none: bool = False) -> Range:
    """Whole numbers from `low` up; `possible` tells whether `low` itself is known to occur."""
    if possible:
        return Range(low, _INFINITY, low, low, whole=True, dense=True, none=none)
    return Range(low, _INFINITY, whole=True, none=none)


def whole_numbers(low: float, high: float, *, zero: bool) -> Range:
    """Whole numbers from `low` to `high`; `zero` tells whether 0 is known to occur."""
    return _made(low, high, [0] if zero else [], True)


def _made(
    low: float,
    high: float,
    points: Iterable[float] = (),
    whole: bool = False,
    dense: bool = False,
    none: bool = False,
) -> Range:
    """Put a range together; what is too large to be reckoned with becomes open."""
    if low != low or low < -_LARGEST:
        low = -_INFINITY
    elif low > _LARGEST:
        low = _LARGEST
    if high != high or high > _LARGEST:
        high = _INFINITY
    elif high < -_LARGEST:
        high = -_LARGEST
    kept = [point for point in points if low <= point <= high and abs(point) <= _LARGEST]
    if not kept:
        return Range(low, high, whole=whole, none=none)
    return Range(low, high, min(kept), max(kept), whole, dense, none)


def union(ranges: Iterable[Range]) -> Range:
    """What one of several can be."""
    found = NOTHING
    for one in ranges:
        if one.empty or found.empty:
            kept = found if one.empty else one
            found = kept._replace(none=one.none or found.none)
            continue
        dense = (one.dense and one.least <= found.least) or (found.dense and found.least <= one.least)
        found = Range(
            min(one.low, found.low),
            max(one.high, found.high),
            min(one.least, found.least),
            max(one.most, found.most),
            one.whole and found.whole,
            dense,
            one.none or found.none,
        )
    return found


def clipped(given: Range, low: float = -_INFINITY, high: float = _INFINITY, *, open_ends: bool = False) -> Range:
    """What is left of a range between `low` and `high` (without these themselves where `open_ends`); not None."""
    if given.empty:
        return NOTHING
    lowest, highest = low, high
    if given.whole:
        if math.isfinite(low):
            lowest = math.floor(low) + 1 if open_ends else math.ceil(low)
        if math.isfinite(high):
            highest = math.ceil(high) - 1 if open_ends else math.floor(high)
    new_low, new_high = max(given.low, lowest), min(given.high, highest)
    if new_low > new_high:
        return NOTHING
    points = [
        point
        for point in given.points
        if new_low <= point <= new_high and not (open_ends and point in (low, high))
    ]
    if given.dense and given.least < new_low < _INFINITY:
        points.append(new_low)
    return _made(new_low, new_high, points, given.whole, given.dense)


def without(given: Range, number: float) -> Range:
    """What is left of a range when it is not `number` (None stays)."""
    if given.empty:
        return given
    low, high = given.low, given.high
    points = [point for point in given.points if point != number]
    if given.whole:
        if low == number:
            low += 1
        if high == number:
            high -= 1
        if given.dense and given.least == number:
            points.append(number + 1)
    if low > high or (low == high == number):
        return NOTHING._replace(none=given.none)
    return _made(low, high, points, given.whole, given.dense, given.none)


def truthy(given: Range) -> Range:
    """What a number is where it counts as true."""
    return without(given, 0)._replace(none=False)


def falsy(given: Range) -> Range:
    """What a number is where it counts as false."""
    return clipped(given, 0, 0)._replace(none=given.none)


def _joint(left: Range, right: Range, operation: Callable[[float, float], float]) -> list[float]:
    """
    The results that are known to be possible.

    Two numbers that vary may hang together (`if a: x, y = 1, 2`), so that each pair of their values is
    possible only where one of them is certain, or where both are known for one value.
    """
    lefts, rights = left.points, right.points
    if not (left.exact or right.exact or len(lefts) == len(rights) == 1):
        return []
    found: list[float] = []
    for one in lefts:
        for other in rights:
            try:
                result = operation(one, other)
            except (ArithmeticError, ValueError, TypeError):
                continue
            if isinstance(result, (int, float)) and math.isfinite(_as_float(result)):
                found.append(result)
    return found


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _no_number(left: Range, right: Range) -> bool:
    return left.empty or right.empty


def add(left: Range, right: Range) -> Range:
    """left + right."""
    if _no_number(left, right):
        return NOTHING
    dense = (left.dense and right.exact and right.whole) or (right.dense and left.exact and left.whole)
    return _made(
        _sum(left.low, right.low, -_INFINITY),
        _sum(left.high, right.high, _INFINITY),
        _joint(left, right, operator.add),
        left.whole and right.whole,
        dense,
    )


def _sum(one: float, other: float, otherwise: float) -> float:
    result = one + other
    return result if result == result else otherwise


def negative(given: Range) -> Range:
    """-given."""
    if given.empty:
        return NOTHING
    return _made(-given.high, -given.low, [-point for point in given.points], given.whole)


def subtract(left: Range, right: Range) -> Range:
    """left - right."""
    return add(left, negative(right))._replace(dense=left.dense and right.exact and right.whole)


def absolute(given: Range) -> Range:
    """abs(given)."""
    if given.empty:
        return NOTHING
    points = [abs(point) for point in given.points]
    if given.low >= 0:
        return given._replace(none=False)
    if given.high <= 0:
        return _made(-given.high, -given.low, points, given.whole)
    return _made(0, max(-given.low, given.high), points, given.whole)


def _product(one: float, other: float) -> float:
    return 0 if one == 0 or other == 0 else one * other


def multiply(left: Range, right: Range) -> Range:
    """left * right."""
    if _no_number(left, right):
        return NOTHING
    corners = [_product(one, other) for one in left[:2] for other in right[:2]]
    return _made(min(corners), max(corners), _joint(left, right, operator.mul), left.whole and right.whole)


def _quotient(one: float, other: float) -> float:
    if math.isinf(other):
        return 0 if math.isfinite(one) else math.copysign(_INFINITY, one) * math.copysign(1, other)
    if math.isinf(one):
        return math.copysign(_INFINITY, one) * math.copysign(1, other)
    return one / other


def _floored(one: float, other: float) -> float:
    if math.isinf(other):
        if math.isfinite(one):
            return 0 if one == 0 or (one > 0) == (other > 0) else -1
        return _quotient(one, other)
    if math.isinf(one):
        return _quotient(one, other)
    return one // other


def _divided(
    left: Range,
    right: Range,
    operation: Callable[[float, float], float],
    exactly: Callable[[float, float], float],
    whole: bool,
) -> Range:
    if _no_number(left, right):
        return NOTHING
    points = _joint(left, right, exactly)
    # Division by zero raises, so zero is not among the divisors of a result.
    divisor = without(right, 0)
    if divisor.empty:
        return NOTHING
    if divisor.low < 0 < divisor.high or divisor.low == 0 or divisor.high == 0:
        if left.low >= 0 and divisor.low >= 0:
            return _made(0, _INFINITY, points, whole)
        return _made(-_INFINITY, _INFINITY, points, whole)
    corners = [operation(one, other) for one in left[:2] for other in divisor[:2]]
    if left.low < 0 < left.high:
        corners.append(0)
    return _made(min(corners), max(corners), points, whole)


def divide(left: Range, right: Range) -> Range:
    """left / right."""
    return _divided(left, right, _quotient, operator.truediv, False)


def floor_divide(left: Range, right: Range) -> Range:
    """left // right."""
    return _divided(left, right, _floored, operator.floordiv, left.whole and right.whole)


def modulo(left: Range, right: Range) -> Range:
    """left % right."""
    if _no_number(left, right):
        return NOTHING
    whole = left.whole and right.whole
    step = 1 if whole else 0
    points = _joint(left, right, operator.mod)
    if left.exact and right.exact and points:
        return exact(points[0])
    if left.dense and right.exact and right.low > 0 and left.high == _INFINITY:
        points.append(0)
    low = right.low + step if right.low < 0 else 0
    high = right.high - step if right.high > 0 else 0
    if left.low >= 0 and right.low >= 0:
        high = min(high, left.high)
        if whole and left.high < right.low:
            low = left.low
    return _made(low, high, points, whole)


def power(left: Range, right: Range) -> Range:
    """left ** right."""
    if _no_number(left, right):
        return NOTHING
    if right.low < 0 or left.low < 0:
        points = _joint(left, right, _powered)
        if left.exact and right.exact and points:
            return _made(points[0], points[0], points, left.whole and right.low >= 0)
        return _made(-_INFINITY, _INFINITY, points)
    low = _powered(left.low, right.low) if left.low >= 1 else 0
    high = max(1, _powered(left.high, right.high), _powered(left.high, right.low))
    if left.low == left.high and right.low == right.high:
        low = high = _powered(left.low, right.low)
    return _made(low, high, _joint(left, right, _powered), left.whole and right.whole)


def _powered(base: float, exponent: float) -> float:
    """base ** exponent for finite or infinite numbers, without reckoning with giants."""
    if exponent == 0 or base == 1:
        return 1
    if base == 0 and exponent < 0:
        raise ZeroDivisionError
    if math.isinf(base) or math.isinf(exponent) or (abs(exponent) > _LARGEST_EXPONENT and abs(base) > 1):
        return 0 if abs(base) < 1 and exponent > 0 else _INFINITY
    try:
        result = base**exponent
    except OverflowError:
        return _INFINITY
    if isinstance(result, complex):
        raise ValueError("not a real number")
    return float(result) if isinstance(result, float) else int(result)


def shift_left(left: Range, right: Range) -> Range:
    """left << right, where it does not raise."""
    return multiply(left, power(exact(2), clipped(right, 0)))._replace(whole=True)


def shift_right(left: Range, right: Range) -> Range:
    """left >> right, where it does not raise."""
    return floor_divide(left, power(exact(2), clipped(right, 0)))._replace(whole=True)


def bit_and(left: Range, right: Range) -> Range:
    """left & right."""
    if _no_number(left, right):
        return NOTHING
    points = _joint(left, right, _bits_of_both)
    if left.low >= 0 or right.low >= 0:
        highest = min(side.high for side in (left, right) if side.low >= 0)
        return _made(0, highest, points, True)
    return _made(-_INFINITY, _INFINITY, points, True)


def _bits_of_both(one: float, other: float) -> float:
    if isinstance(one, int) and isinstance(other, int):
        return one & other
    raise TypeError


def bit_or(left: Range, right: Range) -> Range:
    """left | right."""
    if _no_number(left, right):
        return NOTHING
    if left.low >= 0 and right.low >= 0:
        return _made(max(left.low, right.low), _INFINITY, (), True)
    return Range(whole=left.whole and right.whole)


def minimum(ranges: Sequence[Range]) -> Range:
    """min(...) of numbers that are each in one of the ranges."""
    if not ranges or any(one.empty for one in ranges):
        return NOTHING
    low = min(one.low for one in ranges)
    high = min(one.high for one in ranges)
    varying = [one for one in ranges if not one.exact]
    points: list[float]
    if len(varying) <= 1:
        ceiling = min((one.low for one in ranges if one.exact), default=_INFINITY)
        points = [min(point, ceiling) for point in (varying[0].points if varying else (ceiling,))]
        if varying and not points and ceiling < _INFINITY:
            points = [ceiling]
    else:
        # Whatever the others are: where one is as low as this, the smallest of all is no higher.
        points = [min(min(one.least for one in ranges), high)]
    if points == [_INFINITY]:
        points = []
    lowest = min(ranges, key=lambda one: one.least)
    return _made(low, high, points, all(one.whole for one in ranges), lowest.dense and lowest.least < high)


def maximum(ranges: Sequence[Range]) -> Range:
    """max(...) of numbers that are each in one of the ranges."""
    if not ranges or any(one.empty for one in ranges):
        return NOTHING
    low = max(one.low for one in ranges)
    high = max(one.high for one in ranges)
    varying = [one for one in ranges if not one.exact and one.high > low]
    floor = max((one.low for one in ranges if one.exact), default=-_INFINITY)
    points: list[float] = []
    dense = False
    if not varying:
        points = [low] if floor == low else []
    elif len(varying) == 1:
        points = [max(point, floor) for point in varying[0].points]
        dense = varying[0].dense
    elif all(len(one.points) == 1 for one in varying):
        points = [max(floor, *(one.least for one in varying))]
    return _made(low, high, points, all(one.whole for one in ranges), dense)


def rounded(given: Range, operation: Callable[[float], int]) -> Range:
    """`operation` (int, round, math.floor, math.ceil: each keeps the order of numbers) of a number."""
    if given.empty:
        return NOTHING
    low = operation(given.low) if math.isfinite(given.low) else given.low
    high = operation(given.high) if math.isfinite(given.high) else given.high
    points = [operation(point) for point in given.points]
    return _made(low, high, points, True, given.dense and given.whole)


def as_float(given: Range) -> Range:
    """float(given)."""
    if given.empty:
        return NOTHING
    return given._replace(whole=False, dense=False, none=False)


def compared(left: Range, kind: type, right: Range) -> bool | None:
    """What `left <operator> right` gives, where it always gives the same; `kind` is the operator's class."""
    if left.empty or right.empty or left.none or right.none:
        return None
    if kind in (ast.Gt, ast.GtE):
        flipped = compared(right, ast.Lt if kind is ast.Gt else ast.LtE, left)
        return flipped
    if kind is ast.Lt:
        return True if left.high < right.low else False if left.low >= right.high else None
    if kind is ast.LtE:
        return True if left.high <= right.low else False if left.low > right.high else None
    if kind in (ast.Eq, ast.NotEq):
        if left.high < right.low or left.low > right.high:
            return kind is ast.NotEq
        if left.low == left.high == right.low == right.high:
            return kind is ast.Eq
    return None
