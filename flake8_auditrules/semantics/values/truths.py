"""Truths: whether an expression counts as true, and how comparisons come out."""

from __future__ import annotations

import ast
import math
from typing import TYPE_CHECKING

from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.ranges import Range
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.choices import branches
from flake8_auditrules.semantics.values.definitions import DefinitionsOfNames
from flake8_auditrules.semantics.values.guards import Guards
from flake8_auditrules.semantics.values.keys import Keys
from flake8_auditrules.semantics.values.terms import SIZE, truth_of_size

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class Truths:
    """The truth of one module's expressions."""

    def __init__(
        self, module: Module, answers: Answers, keys: Keys, definitions: DefinitionsOfNames, guards: Guards
    ) -> None:
        self._module = module
        self._answers = answers
        self._keys = keys
        self._definitions = definitions
        self._guards = guards

    def of(self, expression: ast.expr) -> bool | None:
        """Whether the expression counts as true; None where it may count as either."""
        if isinstance(expression, ast.Constant):
            return bool(expression.value)
        if isinstance(expression, ast.UnaryOp) and isinstance(expression.op, ast.Not):
            inner = self._answers.truth(expression.operand)
            return None if inner is None else not inner
        if isinstance(expression, ast.BoolOp):
            return self._truth_of_all(expression)
        if isinstance(expression, ast.Compare):
            return self._truth_of_comparison(expression)
        if isinstance(expression, ast.NamedExpr):
            return self._answers.truth(expression.value)
        if isinstance(expression, ast.IfExp):
            truths = {self._answers.truth(part) for part in branches(self._answers, expression)}
            return truths.pop() if len(truths) == 1 else None
        if isinstance(expression, (ast.Lambda, ast.GeneratorExp)):
            return True
        if isinstance(expression, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.JoinedStr)):
            return truth_of_size(self._answers.size(expression))
        if isinstance(expression, (ast.ListComp, ast.SetComp, ast.DictComp)):
            return truth_of_size(self._answers.size(expression))
        if isinstance(expression, ast.Call) and len(expression.args) == 1 and not expression.keywords:
            if self._module.callee(expression) == "builtins.bool":
                return self._answers.truth(expression.args[0])
        if isinstance(expression, (ast.Name, ast.Attribute)):
            tested = self._guards.tested(expression)
            if tested is not None:
                return tested
            literal = self._answers.literal(expression)
            if literal is not None:
                return bool(literal)
        number = _truth_of_number(self._answers.value(expression))
        if number is not None or isinstance(expression, ast.Call):
            return number
        if isinstance(expression, (ast.Name, ast.Attribute, ast.Subscript)):
            key = self._keys.of(expression)
            if key is not None and SIZE + key in self._answers.assumed:
                return truth_of_size(self._answers.assumed[SIZE + key])
            if isinstance(expression, ast.Name) and self._is_collection(expression):
                return truth_of_size(self._answers.size(expression))
        return None

    def _is_collection(self, name: ast.Name) -> bool:
        """Whether all that a name can be is a collection or text that is written out."""
        definitions = self._definitions.of(name.id, name)
        values = [self._module.names.binding(site) for site in definitions.sites]
        return bool(values) and all(
            binding.kind is BindingKind.ASSIGNMENT
            and isinstance(
                binding.value,
                (ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.JoinedStr),
            )
            for binding in values
        )

    def _truth_of_all(self, expression: ast.BoolOp) -> bool | None:
        ends = isinstance(expression.op, ast.Or)
        certain = True
        for operand in expression.values:
            truth = self._answers.truth(operand)
            if truth is ends:
                return ends
            certain = certain and truth is not None
        return (not ends) if certain else None

    def _truth_of_comparison(self, expression: ast.Compare) -> bool | None:
        operands = [expression.left, *expression.comparators]
        certain = True
        for number, operator in enumerate(expression.ops):
            truth = self._compared(operands[number], operator, operands[number + 1])
            if truth is False:
                return False
            certain = certain and truth is True
        return True if certain else None

    def _compared(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> bool | None:
        kind = type(operator)
        if kind in (ast.Is, ast.IsNot):
            if isinstance(right, ast.Constant) and right.value is None:
                found = self._is_none(left)
                return found if found is None or kind is ast.Is else not found
            return None
        if kind in (ast.Eq, ast.NotEq):
            empty = self._compared_to_empty(left, right)
            if empty is None:
                empty = self._compared_to_empty(right, left)
            if empty is not None:
                return empty if kind is ast.Eq else not empty
            one, other = self._answers.literal(left), self._answers.literal(right)
            if one is not None and other is not None:
                return (one == other) is (kind is ast.Eq)
        if kind in (ast.In, ast.NotIn):
            key = self._keys.of(right)
            if (
                key is not None
                and SIZE + key in self._answers.assumed
                and self._answers.assumed[SIZE + key].high == 0
            ):
                return kind is ast.NotIn
            return None
        return ranges.compared(self._answers.value(left), kind, self._answers.value(right))

    def _compared_to_empty(self, collection: ast.expr, empty: ast.expr) -> bool | None:
        """What `jobs == []` gives where the size of `jobs` is assumed."""
        key = self._keys.of(collection)
        if key is None or not self._guards.is_empty_literal(empty):
            return None
        assumed = self._answers.assumed.get(SIZE + key)
        if assumed is None:
            return None
        truth = truth_of_size(assumed)
        return None if truth is None else not truth

    def _is_none(self, expression: ast.expr) -> bool | None:
        if isinstance(expression, (ast.Tuple, ast.List, ast.Dict, ast.Set, ast.JoinedStr)):
            return False
        key = self._keys.of(expression)
        if key is not None and SIZE + key in self._answers.assumed:
            return False
        found = self._answers.value(expression)
        if found.empty:
            return True if found.none else None
        if found.low == -math.inf and found.high == math.inf:
            return False if self._answers.literal(expression) is not None else None
        return None if found.none else False


def _truth_of_number(found: Range) -> bool | None:
    if found.empty:
        return False if found.none else None
    if found.low == found.high == 0:
        return False
    return True if not found.none and (found.low > 0 or found.high < 0) else None
