"""Calls: the number that a call gives."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.ranges import UNKNOWN, UNKNOWN_NUMBER, Range, exact, union
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.choices import branches, of_truth
from flake8_auditrules.semantics.values.definitions import DefinitionsOfNames
from flake8_auditrules.semantics.values.functions import Functions
from flake8_auditrules.semantics.values.guards import Guards
from flake8_auditrules.semantics.values.items import Items
from flake8_auditrules.semantics.values.terms import Constant

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module

_ROUNDING: dict[str, Callable[[float], int]] = {
    "math.ceil": math.ceil,
    "math.floor": math.floor,
    "math.trunc": math.trunc,
    "builtins.int": int,
    "builtins.round": round,
}


class Calls:
    """The numbers that the calls of one module give."""

    def __init__(
        self,
        module: Module,
        answers: Answers,
        definitions: DefinitionsOfNames,
        guards: Guards,
        functions: Functions,
        items: Items,
    ) -> None:
        self._module = module
        self._answers = answers
        self._definitions = definitions
        self._guards = guards
        self._functions = functions
        self._items = items

    def of(self, call: ast.Call) -> Range:
        """The range of numbers that a call gives."""
        callee = self._module.callee(call)
        if callee is None:
            return self._of_lookup(call)
        known = sizes.NUMBERS.get(callee)
        if known is not None:
            low, possible, none = known
            return self._guards.guarded(ranges.at_least(low, possible=possible, none=none), call, None, None)
        if callee == "builtins.len" and len(call.args) == 1 and not call.keywords:
            return self._answers.size(call.args[0])
        if callee in ("builtins.min", "builtins.max"):
            return self._of_extreme(call, ranges.minimum if callee == "builtins.min" else ranges.maximum)
        if callee in ("builtins.int", "builtins.float", "builtins.round", "math.ceil", "math.floor", "math.trunc"):
            return self._of_conversion(call, callee)
        if callee == "builtins.abs" and len(call.args) == 1:
            return ranges.absolute(self._answers.value(call.args[0]))
        if callee == "builtins.bool":
            return of_truth(self._answers, call)
        if callee == "builtins.sum" and call.args:
            return self._of_sum(call)
        if callee in ("builtins.pow", "math.pow") and len(call.args) == 2:
            return ranges.power(self._answers.value(call.args[0]), self._answers.value(call.args[1]))
        if callee == "random.randint" and len(call.args) == 2:
            return union(self._answers.value(argument) for argument in call.args)
        function = self._module.instances.local_function(callee)
        if function is not None:
            if isinstance(function, ast.AsyncFunctionDef):
                return UNKNOWN
            return self._functions.returned(function, "value")
        return self._of_lookup(call)

    def _of_lookup(self, call: ast.Call) -> Range:
        """`settings.get("workers", 4)`: the default is one number that it can be."""
        if (
            isinstance(call.func, ast.Attribute)
            and call.func.attr == "get"
            and len(call.args) == 2
            and not call.keywords
            and isinstance(call.args[0], ast.Constant)
        ):
            return union([UNKNOWN, self._answers.value(call.args[1])])
        return UNKNOWN

    def _of_extreme(self, call: ast.Call, choose: Callable[[Sequence[Range]], Range]) -> Range:
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        if None in keywords or not call.args:
            return UNKNOWN
        if len(call.args) == 1:
            if isinstance(call.args[0], ast.Starred) or "key" in keywords:
                return UNKNOWN_NUMBER
            elements = self._items.elements(call.args[0], choose)
            if "default" not in keywords:
                return elements._replace(none=False)
            size = self._answers.size(call.args[0])
            default = self._answers.value(keywords["default"])
            if size.low > 0:
                return elements
            return union([elements, default if size.least == 0 else default.bounds_only()])
        given = [
            UNKNOWN_NUMBER
            if isinstance(argument, ast.Starred)
            else self._answers.value(argument)._replace(none=False)
            for argument in call.args
        ]
        if "key" in keywords:
            return union(given).bounds_only()
        return choose(given)

    def _of_conversion(self, call: ast.Call, callee: str) -> Range:
        if not call.args:
            return exact(0)
        if callee == "builtins.round" and (len(call.args) > 1 or call.keywords):
            digits = self._answers.value(call.args[1]) if len(call.args) > 1 else UNKNOWN
            rounding = self._answers.value(call.args[0])
            if digits.low >= 0:
                return Range(_floor(rounding.low), _ceiling(rounding.high), *rounding.bounds_only()[2:])._replace(
                    none=False
                )
            return UNKNOWN_NUMBER
        if len(call.args) > 1 or call.keywords:
            return UNKNOWN_NUMBER._replace(whole=callee == "builtins.int")
        converted = self._converted(call.args[0])
        if callee == "builtins.float":
            return ranges.as_float(converted)
        return ranges.rounded(converted, _ROUNDING[callee])

    def _converted(self, expression: ast.expr) -> Range:
        """What a number, or the number that a text spells, can be."""
        text = self._answers.literal(expression)
        if isinstance(text, (str, bytes)):
            return _spelled(text)
        default = self._environment_default(expression)
        if default is not None:
            return union([UNKNOWN_NUMBER, self._converted(default)])
        if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.Or):
            parts: list[Range] = []
            for operand in expression.values:
                found = self._converted(operand)
                fallback = self._environment_default(operand)
                if fallback is not None and self._answers.truth(fallback) is False:
                    found = UNKNOWN_NUMBER
                elif not isinstance(self._text_of(operand), str):
                    found = ranges.truthy(found) if operand is not expression.values[-1] else found
                parts.append(found)
            return union(parts)._replace(none=False)
        if isinstance(expression, ast.IfExp):
            return union(self._converted(part) for part in branches(self._answers, expression))._replace(
                none=False
            )
        if isinstance(expression, ast.Name):
            definitions = self._definitions.of(expression.id, expression)
            if len(definitions.sites) == 1:
                value = self._module.names.binding(definitions.sites[0]).value
                if value is not None and self._environment_default(value) is not None:
                    return (
                        self._converted(value).bounds_only()
                        if self._guards.tests(expression)
                        else self._converted(value)
                    )
        return self._answers.value(expression)._replace(none=False)

    def _text_of(self, expression: ast.expr) -> Constant | None:
        default = self._environment_default(expression)
        return self._answers.literal(default if default is not None else expression)

    def _environment_default(self, expression: ast.expr) -> ast.expr | None:
        """The default that is given where an environment variable is read."""
        if not isinstance(expression, ast.Call) or self._module.callee(expression) not in sizes.ENVIRONMENT:
            return None
        return self._module.argument(expression, "default", 1)

    def _of_sum(self, call: ast.Call) -> Range:
        start = self._module.argument(call, "start", 1)
        first = self._answers.value(start) if start is not None else exact(0)
        if isinstance(call.args[0], ast.Starred):
            return UNKNOWN_NUMBER
        size = self._answers.size(call.args[0])
        elements = self._items.elements(call.args[0], union)
        total = ranges.multiply(elements.bounds_only()._replace(none=False), size)
        if elements.exact:
            total = ranges.multiply(elements, size)
        found = ranges.add(total, first)
        if not found.points and size.least == 0 and first.exact:
            found = union([found, first])
        return found


def _spelled(text: str | bytes) -> Range:
    """The number that a text spells."""
    try:
        return exact(int(text))
    except ValueError:
        pass
    try:
        return exact(float(text))
    except ValueError:
        return UNKNOWN_NUMBER


def _floor(number: float) -> float:
    return math.floor(number) if math.isfinite(number) else number


def _ceiling(number: float) -> float:
    return math.ceil(number) if math.isfinite(number) else number
