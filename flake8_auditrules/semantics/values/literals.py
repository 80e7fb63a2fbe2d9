"""Literals: the one constant that an expression certainly is."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.attributes import Attributes
from flake8_auditrules.semantics.values.bound_names import BoundNames
from flake8_auditrules.semantics.values.choices import branches
from flake8_auditrules.semantics.values.items import Items
from flake8_auditrules.semantics.values.terms import LONGEST_TEXT, Constant, agreed


class Literals:
    """The constants of one module's expressions."""

    def __init__(self, answers: Answers, items: Items, attributes: Attributes, names: BoundNames) -> None:
        self._answers = answers
        self._items = items
        self._attributes = attributes
        self._names = names

    def of(self, expression: ast.expr) -> Constant | None:
        """The constant, or None where it is none or not known."""
        if isinstance(expression, ast.Constant):
            value = expression.value
            return value if isinstance(value, (int, float, str, bytes, bool)) else None
        if isinstance(expression, ast.JoinedStr):
            return self._literal_text(expression)
        if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add):
            joined = self._literal_sum(expression)
            if joined is not None:
                return joined
        if isinstance(expression, ast.IfExp):
            found = [self._answers.literal(part) for part in branches(self._answers, expression)]
            return agreed(found)
        if isinstance(expression, ast.NamedExpr):
            return self._answers.literal(expression.value)
        if isinstance(expression, ast.Name):
            return self._names.literal(expression)
        if isinstance(expression, ast.Attribute):
            return self._attributes.literal(expression)
        if isinstance(expression, ast.Subscript):
            item = self._items.taken(expression) if not isinstance(expression.slice, ast.Slice) else None
            return self._answers.literal(item) if item is not None else None
        if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.Or):
            for operand in expression.values:
                truth = self._answers.truth(operand)
                if truth is not False or operand is expression.values[-1]:
                    return self._answers.literal(operand) if truth is not None else None
        if isinstance(expression, (ast.BinOp, ast.UnaryOp, ast.Call)):
            if isinstance(expression, ast.UnaryOp) and isinstance(expression.op, ast.Not):
                return self._answers.truth(expression)
            number = self._answers.value(expression)
            if number.exact:
                return int(number.low) if number.whole else float(number.low)
        return None

    def _literal_text(self, expression: ast.JoinedStr) -> str | None:
        parts: list[str] = []
        for part in expression.values:
            if isinstance(part, ast.FormattedValue):
                if part.format_spec is not None or part.conversion not in (-1, ord("s")):
                    return None
                value = self._answers.literal(part.value)
                if not isinstance(value, (str, int)):
                    return None
                parts.append(str(value))
            elif isinstance(part, ast.Constant):
                parts.append(str(part.value))
        text = "".join(parts)
        return text if len(text) <= LONGEST_TEXT else None

    def _literal_sum(self, expression: ast.BinOp) -> str | None:
        parts: list[str] = []
        inner: ast.expr = expression
        while isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Add):
            right = self._answers.literal(inner.right)
            if not isinstance(right, str):
                return None
            parts.append(right)
            inner = inner.left
        first = self._answers.literal(inner)
        if not isinstance(first, str):
            return None
        text = "".join([first, *reversed(parts)])
        return text if len(text) <= LONGEST_TEXT else None
