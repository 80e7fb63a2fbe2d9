"""Quantities: the range of numbers that an expression can be."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.ranges import UNKNOWN, Range, exact, union
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.attributes import Attributes
from flake8_auditrules.semantics.values.bound_names import BoundNames
from flake8_auditrules.semantics.values.calls import Calls
from flake8_auditrules.semantics.values.choices import branches, of_choice, of_truth
from flake8_auditrules.semantics.values.functions import Functions
from flake8_auditrules.semantics.values.guards import Guards
from flake8_auditrules.semantics.values.items import Items
from flake8_auditrules.semantics.values.keys import Keys
from flake8_auditrules.semantics.values.terms import ARITHMETIC, of_constant


class Numbers:
    """The numbers of one module's expressions."""

    def __init__(
        self,
        answers: Answers,
        keys: Keys,
        guards: Guards,
        functions: Functions,
        items: Items,
        attributes: Attributes,
        names: BoundNames,
        calls: Calls,
    ) -> None:
        self._answers = answers
        self._keys = keys
        self._guards = guards
        self._functions = functions
        self._items = items
        self._attributes = attributes
        self._names = names
        self._calls = calls

    def of(self, expression: ast.expr) -> Range:
        """The range of numbers that the expression can be where it stands."""
        if isinstance(expression, ast.Constant):
            return of_constant(expression.value)
        if isinstance(expression, ast.BinOp):
            return self._of_operation(expression)
        if isinstance(expression, ast.UnaryOp):
            return self._of_sign(expression)
        if isinstance(expression, ast.BoolOp):
            return of_choice(self._answers, expression, self._answers.value)
        if isinstance(expression, ast.IfExp):
            return union(self._answers.value(part) for part in branches(self._answers, expression))
        if isinstance(expression, ast.Compare):
            return of_truth(self._answers, expression)
        if isinstance(expression, ast.NamedExpr):
            return self._answers.value(expression.value)
        if isinstance(expression, ast.Await):
            return self._functions.awaited(expression, "value") or UNKNOWN
        if isinstance(expression, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
            key = self._keys.of(expression)
            if key is not None:
                assumed = self._answers.assumed.get(key)
                if assumed is not None:
                    return assumed
            if isinstance(expression, ast.Name):
                return self._names.of(expression, "value")
            if isinstance(expression, ast.Call):
                return self._calls.of(expression)
            found = (
                self._attributes.of(expression, "value")
                if isinstance(expression, ast.Attribute)
                else self._items.number(expression)
            )
            return self._guards.guarded(found, expression, key, None)
        return UNKNOWN

    def _of_operation(self, expression: ast.BinOp) -> Range:
        """Arithmetic, from the left end of a chain such as `a + b + c`, which may be very long."""
        chain: list[ast.BinOp] = []
        inner: ast.expr = expression
        while isinstance(inner, ast.BinOp):
            chain.append(inner)
            inner = inner.left
        found = self._answers.value(inner)
        if isinstance(inner, (ast.JoinedStr, ast.List, ast.Tuple)) or _is_text(inner):
            return UNKNOWN
        for operation in reversed(chain):
            compute = ARITHMETIC.get(type(operation.op))
            if compute is None:
                return UNKNOWN
            found = compute(found._replace(none=False), self._answers.value(operation.right)._replace(none=False))
        return found

    def _of_sign(self, expression: ast.UnaryOp) -> Range:
        if isinstance(expression.op, ast.Not):
            return of_truth(self._answers, expression)
        operand = self._answers.value(expression.operand)
        if isinstance(expression.op, ast.USub):
            return ranges.negative(operand)
        if isinstance(expression.op, ast.Invert):
            return ranges.subtract(ranges.negative(operand), exact(1))
        return operand._replace(none=False)


def _is_text(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) and isinstance(expression.value, (str, bytes))
