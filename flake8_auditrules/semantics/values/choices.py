"""Choices: what `a or b`, `a if test else b` and a test itself give as numbers."""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.ranges import BOOLEAN, Range, exact, union
from flake8_auditrules.semantics.values.answers import Answers


def of_truth(answers: Answers, expression: ast.expr) -> Range:
    """The number that the truth of an expression is: 0, 1 or either."""
    truth = answers.truth(expression)
    return BOOLEAN if truth is None else exact(int(truth))


def of_choice(answers: Answers, expression: ast.BoolOp, answer: Callable[[ast.expr], Range]) -> Range:
    """
    The range of `a or b` and `a and b`, `answer` giving that of an operand.

    Each operand but the last gives only its true or its false values.
    """
    parts: list[Range] = []
    is_or = isinstance(expression.op, ast.Or)
    for operand in expression.values:
        if operand is expression.values[-1]:
            parts.append(answer(operand))
            break
        truth = answers.truth(operand)
        found = answer(operand)
        if truth is is_or:
            parts.append(found)
            break
        if truth is None:
            parts.append(ranges.truthy(found) if is_or else ranges.falsy(found))
    return union(parts)


def branches(answers: Answers, expression: ast.IfExp) -> list[ast.expr]:
    """The parts of `a if test else b` that can be its value."""
    truth = answers.truth(expression.test)
    if truth is None:
        return [expression.body, expression.orelse]
    return [expression.body if truth else expression.orelse]
