"""Conditions: the tests of one graph, read as literals about numbered subjects."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from flake8_auditrules.knowledge.control_flow import PURE
from flake8_auditrules.semantics.flow.evaluation import COMPREHENSIONS, dotted, is_irrefutable
from flake8_auditrules.semantics.flow.facts import Choice, Literal, Subject, Test
from flake8_auditrules.semantics.flow.graph import Guard


class Conditions:
    """What the tests of one graph are about, and in which ways each can come out.

    `cases` gives the subject that each case of its `match` statements (by identity) is matched against.
    Equal tests in several places are about one subject, which gets its number when it is first asked for.
    """

    __slots__ = ("_cases", "_choices", "_literals", "numbers", "subjects")

    def __init__(self, cases: Mapping[int, ast.expr]) -> None:
        self._cases = cases
        self._choices: dict[tuple[int, bool], tuple[Choice, ...]] = {}
        self._literals: dict[int, tuple[Literal, bool]] = {}
        self.subjects: list[Subject] = []
        """The subjects by their numbers."""
        self.numbers: dict[str, int] = {}
        """The numbers of the subjects by their keys: dotted names, and shapes of other expressions."""

    def _subject(self, expression: ast.expr) -> int:
        """Give the number of the subject that a test is about."""
        chain = dotted(expression)
        if chain is not None:
            subject = Subject(chain, (chain,), False, True)
        else:
            subject = _opaque(expression)
        number = self.numbers.get(subject.key)
        if number is None:
            number = self.numbers[subject.key] = len(self.subjects)
            self.subjects.append(subject)
        return number

    def literal(self, test: ast.expr) -> tuple[Literal, bool]:
        """Give the literal that a test without `and`, `or`, `not` stands for, and whether it is not negated."""
        known = self._literals.get(id(test))
        if known is not None:
            return known
        found = self._find_literal(test)
        self._literals[id(test)] = found
        return found

    def _find_literal(self, test: ast.expr) -> tuple[Literal, bool]:
        if isinstance(test, ast.NamedExpr):
            return Literal(self._subject(test.target), Test.TRUTH, None), True
        if isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "bool":
            if len(test.args) == 1 and dotted(test.args[0]) is not None and not test.keywords:
                return Literal(self._subject(test.args[0]), Test.TRUTH, None), True
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            left, operator, right = test.left, test.ops[0], test.comparators[0]
            if isinstance(left, ast.Constant):
                left, right = right, left
            if isinstance(left, ast.NamedExpr):
                left = left.target
            if isinstance(operator, (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)) and isinstance(right, ast.Constant):
                positive = isinstance(operator, (ast.Is, ast.Eq))
                if right.value is None:
                    return Literal(self._subject(left), Test.NONE, None), positive
                if isinstance(right.value, (bool, int, str, bytes)):
                    constant = (type(right.value), right.value)
                    return Literal(self._subject(left), Test.EQUAL, constant), positive
            if isinstance(operator, (ast.NotIn, ast.IsNot, ast.NotEq)):
                opposite = {ast.NotIn: ast.In, ast.IsNot: ast.Is, ast.NotEq: ast.Eq}[type(operator)]
                positive_test = ast.Compare(left=test.left, ops=[opposite()], comparators=test.comparators)
                return Literal(self._subject(positive_test), Test.TRUTH, None), False
        return Literal(self._subject(test), Test.TRUTH, None), True

    def choices(self, guard: Guard) -> tuple[Choice, ...]:
        """List the ways in which a test comes out as it has to: each a row of literals; none if it cannot."""
        node, truth = guard
        key = (id(node), truth)
        known = self._choices.get(key)
        if known is None:
            if isinstance(node, ast.match_case):
                known = self._case_choices(node, truth)
            else:
                assert isinstance(node, ast.expr)
                known = self._test_choices(node, truth, 0)
            self._choices[key] = known
        return known

    def _test_choices(self, test: ast.expr, truth: bool, depth: int) -> tuple[Choice, ...]:
        while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test, truth = test.operand, not truth
        if isinstance(test, ast.Constant):
            return ((),) if bool(test.value) is truth else ()
        if isinstance(test, ast.BoolOp):
            if depth > 20:
                return ((),)
            if isinstance(test.op, ast.And) is truth:
                return _all_of([self._test_choices(value, truth, depth + 1) for value in test.values])
            if len(test.values) > 6:
                return ((),)
            found: list[Choice] = []
            before: tuple[Choice, ...] = ((),)
            for value in test.values:
                found.extend(_all_of([before, self._test_choices(value, truth, depth + 1)]))
                before = _all_of([before, self._test_choices(value, not truth, depth + 1)])
                if not before:
                    break
            if len(found) > 12:
                return ((),)
            return tuple(found)
        literal, positive = self.literal(test)
        if not self.subjects[literal.subject].pure:
            return ((),)
        return (((literal, truth is positive),),)

    def _case_choices(self, case: ast.match_case, truth: bool) -> tuple[Choice, ...]:
        subject = self._cases[id(case)]
        pattern: tuple[Choice, ...] | None = None
        refused: tuple[Choice, ...] = ((),)
        values = case.pattern.patterns if isinstance(case.pattern, ast.MatchOr) else [case.pattern]
        if isinstance(subject, ast.NamedExpr):
            subject = subject.target
        if dotted(subject) is not None and len(values) <= 6:
            literals: list[Literal] = []
            number = self._subject(subject)
            for value in values:
                if isinstance(value, ast.MatchSingleton):
                    test = Test.NONE if value.value is None else Test.EQUAL
                    literals.append(Literal(number, test, (type(value.value), value.value)))
                elif isinstance(value, ast.MatchValue) and isinstance(value.value, ast.Constant):
                    constant = value.value.value
                    literals.append(Literal(number, Test.EQUAL, (type(constant), constant)))
            if len(literals) == len(values):
                pattern = tuple(((literal, True),) for literal in literals)
                refused = (tuple((literal, False) for literal in literals),)
        matched = pattern or ((),)
        if truth:
            if case.guard is None:
                return matched
            return _all_of([matched, self._test_choices(case.guard, True, 0)])
        if is_irrefutable(case):
            return ()
        if case.guard is None:
            return refused
        return (*refused, *_all_of([matched, self._test_choices(case.guard, False, 0)]))


def _all_of(parts: list[tuple[Choice, ...]]) -> tuple[Choice, ...]:
    """Combine choices that all have to hold; where there are too many, keep the certain ones."""
    fixed: list[tuple[Literal, bool]] = []
    open_parts: list[tuple[Choice, ...]] = []
    for part in parts:
        if not part:
            return ()
        if len(part) == 1:
            fixed.extend(part[0])
        else:
            open_parts.append(part)
    rows: list[Choice] = [tuple(fixed)]
    for part in open_parts:
        if len(rows) * len(part) > 12:
            continue
        rows = [row + choice for row in rows for choice in part]
    return tuple(rows)


def _opaque(expression: ast.expr) -> Subject:
    """Describe a test that is not about one dotted name by its shape, so that equal tests are one subject."""
    shape: list[str] = []
    operands: dict[str, None] = {}
    pure = True
    waiting: list[ast.AST] = [expression]
    size = 0
    while waiting:
        node = waiting.pop()
        size += 1
        chain = dotted(node)
        if chain is not None:
            operands[chain] = None
            shape.append(chain)
            continue
        if isinstance(node, ast.Constant):
            shape.append(f"{type(node.value).__name__}:{node.value!r}" if size < 64 else "constant")
            continue
        if isinstance(node, ast.NamedExpr):
            waiting.append(node.target)
            continue
        if isinstance(node, ast.Lambda):
            pure = False
        elif isinstance(node, ast.Call):
            if not (isinstance(node.func, ast.Name) and node.func.id in PURE):
                pure = False
        elif isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, *COMPREHENSIONS)):
            pure = False
        below: list[ast.AST] = []
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, ast.AST):
                if not isinstance(value, ast.expr_context):
                    below.append(value)
            elif isinstance(value, list):
                below.extend(part for part in value if isinstance(part, ast.AST))
            elif isinstance(value, str):
                shape.append(value)
        shape.append(f"{type(node).__name__}/{len(below)}")
        below.reverse()
        waiting.extend(below)
    if size > 64:
        return Subject(f"#{id(expression)}", tuple(operands), True, False)
    return Subject(" ".join(shape), tuple(operands), True, pure)


def split(test: ast.expr, truth: bool) -> list[tuple[ast.expr, bool]]:
    """Take a test that came out as `truth` apart into the tests whose outcome that settles."""
    found: list[tuple[ast.expr, bool]] = []
    waiting = [(test, truth)]
    while waiting:
        part, outcome = waiting.pop()
        if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
            waiting.append((part.operand, not outcome))
        elif isinstance(part, ast.BoolOp) and isinstance(part.op, ast.And) is outcome:
            waiting.extend((value, outcome) for value in reversed(part.values))
        elif not isinstance(part, ast.Constant):
            found.append((part, outcome))
    return found
