"""Guards: what the tests that hold where an expression stands leave of its range."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.ranges import NONE, Range, clipped, exact, union
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.definitions import DefinitionsOfNames
from flake8_auditrules.semantics.values.keys import Keys
from flake8_auditrules.semantics.values.terms import COMPREHENSIONS, FOR_LOOPS, FUNCTIONS, SIZE

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module

_MAXIMUM_HOPS = 3
_RUNNERS = (*FUNCTIONS, ast.Lambda)
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
}
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


class Guards:
    """The tests that hold at the places of one module, and what they leave of a range."""

    def __init__(self, module: Module, answers: Answers, keys: Keys, definitions: DefinitionsOfNames) -> None:
        self._module = module
        self._answers = answers
        self._keys = keys
        self._definitions = definitions
        self._tests_at: dict[ast.AST, list[tuple[ast.expr, bool]]] = {}
        self._mentions: dict[ast.expr, frozenset[str]] = {}

    def tests(self, place: ast.AST) -> Sequence[tuple[ast.expr, bool]]:
        """The tests that hold where `place` is evaluated, those behind names such as `empty = not jobs` too."""
        held = self._tests_at.get(place)
        if held is not None:
            return held
        found: list[tuple[ast.expr, bool]] = []
        for test, outcome in self._module.flow_of(place).known_at(place):
            found.append((test, outcome))
            named = self._named_test(test)
            if named is not None:
                found.extend(_apart(named, outcome))
        self._tests_at[place] = found
        return found

    def tested(self, expression: ast.expr) -> bool | None:
        """The outcome of a test of the very same thing that holds where the expression stands."""
        key = self._keys.of(expression)
        if key is None or key in self._answers.assumed or SIZE + key in self._answers.assumed:
            return None
        for test, outcome in self.tests(expression):
            if test is not expression and self._keys.of(test) == key:
                return outcome
        return None

    def mentioned(self, test: ast.expr) -> frozenset[str]:
        """The keys of all that a test looks at, also by way of names such as `first = next(iter(jobs), None)`."""
        found = self._mentions.get(test)
        if found is None:
            keys: set[str] = set()
            waiting: list[tuple[ast.expr, int]] = [(test, 0)]
            while waiting:
                expression, hops = waiting.pop()
                for node in ast.walk(expression):
                    if not isinstance(node, ast.expr):
                        continue
                    key = self._keys.of(node)
                    if key is None or key in keys:
                        continue
                    keys.add(key)
                    value = (
                        self._definitions.only_value(node)
                        if isinstance(node, ast.Name) and hops < _MAXIMUM_HOPS
                        else None
                    )
                    if value is not None:
                        waiting.append((value, hops + 1))
            found = self._mentions[test] = frozenset(keys)
        return found

    def guarded(self, found: Range, place: ast.expr, key: str | None, container: str | None) -> Range:
        """
        What is left of a range by the tests that hold at `place`.

        `key` is what is asked about; `container` the same where the range is that of its size.
        """
        if key is None:
            return found
        tests = self.tests(place)
        doubtful: list[ast.expr] = []
        for test, outcome in tests:
            refined = self._refined(found, key, container, test, outcome)
            if refined is not None:
                found = refined
            elif not self._is_idle(test) and self._named_test(test) is None:
                doubtful.append(test)
        for test in doubtful if found.points else []:
            mentioned = self.mentioned(test)
            if key in mentioned or SIZE + key in mentioned:
                found = found.bounds_only()
        if container is not None and found.low == 0 and self._in_loop_over(place, key):
            found = clipped(found, 1)
        return found

    def _named_test(self, test: ast.expr) -> ast.expr | None:
        """The test whose outcome a tested name holds."""
        if not isinstance(test, ast.Name):
            return None
        value = self._definitions.only_value(test)
        if isinstance(value, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Name)):
            return value
        if isinstance(value, ast.Call) and self._module.callee(value) in ("builtins.bool", "builtins.len"):
            return value
        return None

    def _is_idle(self, test: ast.expr) -> bool:
        """Whether a test says nothing of numbers and sizes."""
        return isinstance(test, ast.Call) and self._module.callee(test) in (
            "builtins.isinstance",
            "builtins.hasattr",
            "builtins.callable",
        )

    def _refined(
        self, found: Range, key: str, container: str | None, test: ast.expr, outcome: bool
    ) -> Range | None:
        """What a test leaves of a range; None where the test is not about it or not understood."""
        own = SIZE + key if container is not None else key
        if isinstance(test, ast.Call) and len(test.args) == 1 and self._module.callee(test) == "builtins.bool":
            test = test.args[0]
        tested = self._keys.of(test)
        if tested is not None and tested in (own, key):
            return ranges.truthy(found) if outcome else ranges.falsy(found)
        if not isinstance(test, ast.Compare):
            return None
        if len(test.ops) > 1 and not outcome:
            return None
        operands = [test.left, *test.comparators]
        understood = False
        for number, operator in enumerate(test.ops):
            kind = type(operator) if outcome else _OPPOSITE[type(operator)]
            left, right = operands[number], operands[number + 1]
            refined = self._limited(found, own, container, left, kind, right)
            if refined is None and kind in _MIRRORED:
                refined = self._limited(found, own, container, right, _MIRRORED[kind], left)
            if refined is None and container is not None and kind is ast.In and self._keys.of(right) == key:
                refined = clipped(found, 1)
            if refined is not None:
                found, understood = refined, True
        return found if understood else None

    def _limited(
        self,
        found: Range,
        own: str,
        container: str | None,
        left: ast.expr,
        kind: type[ast.cmpop],
        right: ast.expr,
    ) -> Range | None:
        """What `left <kind> right` leaves of a range if `left` is what it is the range of."""
        same = self._same(left, own)
        if not same:
            if container is not None and self._keys.of(left) == container:
                if kind in (ast.Is, ast.IsNot):
                    return found
                if kind in (ast.Eq, ast.NotEq) and self.is_empty_literal(right):
                    return clipped(found, 0, 0) if kind is ast.Eq else clipped(found, 1)
            return None
        if kind in (ast.Is, ast.IsNot):
            if isinstance(right, ast.Constant) and right.value is None:
                return NONE if kind is ast.Is else found._replace(none=False)
            return None
        if kind in (ast.In, ast.NotIn):
            return self._limited_to_members(found, kind is ast.In, right)
        other = self._answers.value(right)
        if isinstance(right, ast.Constant) and right.value is None:
            return NONE if kind is ast.Eq else found._replace(none=False)
        if other.empty or other.none:
            return None
        if kind is ast.Eq:
            result = clipped(found, other.low, other.high)
            if other.exact and not result.empty:
                return exact(other.low)
            return result.bounds_only()
        if kind is ast.NotEq:
            return ranges.without(found, other.low) if other.exact else None
        if kind in (ast.Gt, ast.GtE):
            result = clipped(found, low=other.low, open_ends=kind is ast.Gt)
        elif kind in (ast.Lt, ast.LtE):
            result = clipped(found, high=other.high, open_ends=kind is ast.Lt)
        else:
            return None
        return result if other.exact else result.bounds_only()

    def _same(self, expression: ast.expr, own: str) -> bool:
        """Whether an expression is what `own` is the key of, itself or by a name that stands for it."""
        if self._keys.of(expression) == own:
            return True
        if isinstance(expression, ast.Name):
            value = self._definitions.only_value(expression)
            return value is not None and self._keys.of(value) == own
        return False

    def _limited_to_members(self, found: Range, among: bool, members: ast.expr) -> Range | None:
        if not isinstance(members, (ast.Tuple, ast.List, ast.Set)):
            return None
        values = [self._answers.value(member) for member in members.elts]
        if not all(value.exact or value == NONE for value in values):
            return None
        if among:
            hull = union(values)
            return clipped(found, hull.low, hull.high).bounds_only()
        for value in values:
            found = found._replace(none=False) if value.empty else ranges.without(found, value.low)
        return found

    def _in_loop_over(self, place: ast.AST, key: str) -> bool:
        """Whether `place` stands in the body of a loop over the thing itself."""
        module = self._module
        child: ast.AST = place
        below: ast.AST = place
        for ancestor in module.ancestors(place):
            if isinstance(ancestor, _RUNNERS):
                return False
            if isinstance(ancestor, FOR_LOOPS) and child in ancestor.body and self._loops_over(ancestor.iter, key):
                return True
            if isinstance(ancestor, COMPREHENSIONS):
                first = ancestor.generators[0]
                if not (child is first and below is first.iter) and self._loops_over(first.iter, key):
                    return True
            child, below = ancestor, child
        return False

    def _loops_over(self, iterable: ast.expr, key: str) -> bool:
        while self._keys.of(iterable) != key:
            if not isinstance(iterable, ast.Call):
                return False
            if isinstance(iterable.func, ast.Attribute) and iterable.func.attr in sizes.SAME_SIZE_METHODS:
                iterable = iterable.func.value
            elif self._module.callee(iterable) in sizes.SAME_SIZE and iterable.args:
                iterable = iterable.args[0]
            else:
                return False
        return True

    def is_empty_literal(self, expression: ast.expr) -> bool:
        """Whether an expression makes an empty collection or text."""
        if isinstance(expression, (ast.Tuple, ast.List)):
            return not expression.elts
        if isinstance(expression, ast.Dict):
            return not expression.keys
        if isinstance(expression, ast.Constant):
            return expression.value in ("", b"") and not isinstance(expression.value, (int, float))
        return (
            isinstance(expression, ast.Call)
            and not expression.args
            and not expression.keywords
            and self._module.callee(expression) in sizes.EMPTY_CALLS
        )


def _apart(test: ast.expr, outcome: bool) -> Iterable[tuple[ast.expr, bool]]:
    """The tests whose outcome follows from that of `test`."""
    waiting = [(test, outcome)]
    while waiting:
        part, truth = waiting.pop()
        if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
            waiting.append((part.operand, not truth))
        elif isinstance(part, ast.BoolOp) and isinstance(part.op, ast.And) is truth:
            waiting.extend((value, truth) for value in part.values)
        else:
            yield part, truth
