"""Collection sizes: how many items a collection or a text can have."""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.ranges import (
    ANY_SIZE,
    COLLECTION_SIZE,
    NONE,
    UNKNOWN_NUMBER,
    Range,
    clipped,
    exact,
    union,
)
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.attributes import Attributes
from flake8_auditrules.semantics.values.bound_names import BoundNames
from flake8_auditrules.semantics.values.callers import Callers
from flake8_auditrules.semantics.values.changes import Changes
from flake8_auditrules.semantics.values.choices import branches, of_choice
from flake8_auditrules.semantics.values.functions import Functions
from flake8_auditrules.semantics.values.guards import Guards
from flake8_auditrules.semantics.values.items import Items
from flake8_auditrules.semantics.values.keys import Keys
from flake8_auditrules.semantics.values.terms import COMPREHENSIONS, FUNCTIONS, LONGEST_TEXT, SIZE
from flake8_auditrules.semantics.values.ways import Ways

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class CollectionSizes:
    """The sizes of one module's collections and texts."""

    def __init__(
        self,
        module: Module,
        answers: Answers,
        keys: Keys,
        changes: Changes,
        guards: Guards,
        callers: Callers,
        functions: Functions,
        items: Items,
        attributes: Attributes,
        ways: Ways,
        names: BoundNames,
    ) -> None:
        self._module = module
        self._answers = answers
        self._keys = keys
        self._changes = changes
        self._guards = guards
        self._callers = callers
        self._functions = functions
        self._items = items
        self._attributes = attributes
        self._ways = ways
        self._names = names

    def of(self, expression: ast.expr) -> Range:
        """The range of the number of items."""
        key = self._keys.of(expression)
        if key is not None:
            assumed = self._answers.assumed.get(SIZE + key)
            if assumed is not None:
                return assumed
        if isinstance(expression, ast.Name):
            found = self._names.of(expression, "size")
            return self._changes.seen_by_functions(expression, found)
        found = self._size_of(expression)
        if key is not None and isinstance(expression, (ast.Attribute, ast.Subscript)):
            found = self._guards.guarded(found, expression, key, key)
            if found.points and self._looked_at_by_callers(expression):
                found = found.bounds_only()
            if found.points:
                found = self._ways.surviving(found, expression, key, None, None, "size")
        return found

    def _looked_at_by_callers(self, expression: ast.expr) -> bool:
        """Whether every caller in this module tests an attribute of the same name before the call."""
        function = self._module.function_of(expression)
        if not isinstance(expression, ast.Attribute) or not isinstance(function, FUNCTIONS):
            return False
        calls, _ = self._callers.of(function)
        return bool(calls) and all(
            any(
                isinstance(node, ast.Attribute) and node.attr == expression.attr
                for test, _ in self._guards.tests(call)
                for node in ast.walk(test)
            )
            for call in calls
        )

    def _size_of(self, expression: ast.expr) -> Range:
        if isinstance(expression, ast.Constant):
            if isinstance(expression.value, (str, bytes)):
                return exact(len(expression.value))
            return NONE if expression.value is None else ANY_SIZE
        if isinstance(expression, (ast.Tuple, ast.List)):
            return self._total([self._count(element) for element in expression.elts])
        if isinstance(expression, ast.Set):
            return self._merged([self._count(element) for element in expression.elts], expression.elts)
        if isinstance(expression, ast.Dict):
            counts = [
                exact(1) if key is not None else self._answers.size(value)
                for key, value in zip(expression.keys, expression.values, strict=True)
            ]
            return self._merged(counts, [key for key in expression.keys if key is not None])
        if isinstance(expression, COMPREHENSIONS):
            return self._size_of_comprehension(expression)
        if isinstance(expression, ast.JoinedStr):
            constant = sum(
                len(part.value)
                for part in expression.values
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
            return ranges.at_least(constant, possible=False)
        if isinstance(expression, ast.Call):
            return self._size_of_call(expression)
        if isinstance(expression, ast.Await):
            return self._functions.awaited(expression, "size") or COLLECTION_SIZE
        if isinstance(expression, ast.NamedExpr):
            return self._answers.size(expression.value)
        if isinstance(expression, ast.IfExp):
            return union(self._answers.size(part) for part in branches(self._answers, expression))
        if isinstance(expression, ast.BoolOp):
            return of_choice(self._answers, expression, self._answers.size)
        if isinstance(expression, ast.BinOp):
            return self._size_of_operation(expression)
        if isinstance(expression, ast.Attribute):
            return self._attributes.of(expression, "size")
        if isinstance(expression, ast.Subscript):
            return self._size_of_item(expression)
        return ANY_SIZE

    def _count(self, element: ast.expr) -> Range:
        return self._answers.size(element.value) if isinstance(element, ast.Starred) else exact(1)

    def _total(self, counts: Sequence[Range]) -> Range:
        found = exact(0)
        for count in counts:
            found = ranges.add(found, count)
        return found

    def _merged(self, counts: Sequence[Range], written: Sequence[ast.expr]) -> Range:
        """The size of a set or dictionary: equal items count once."""
        total = self._total(counts)
        constants = [element.value for element in written if isinstance(element, ast.Constant)]
        if len(constants) == len(counts) and len(set(constants)) == len(constants):
            return total
        if len(counts) <= 1:
            return total
        return ranges.whole_numbers(min(1, total.low), total.high, zero=total.least == 0)

    def _size_of_comprehension(
        self, expression: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    ) -> Range:
        found = exact(1)
        filtered = False
        for generator in expression.generators:
            found = ranges.multiply(found, self._answers.size(generator.iter))
            filtered = filtered or any(self._answers.truth(test) is not True for test in generator.ifs)
        if len(expression.generators) == 1 and not filtered:
            found = self._answers.size(expression.generators[0].iter)
        if filtered:
            # The filter may let nothing through: that is what it is for.
            found = Range(0, found.high, 0, 0, whole=True, dense=found.high == math.inf)
        if isinstance(expression, (ast.SetComp, ast.DictComp)) and found.low > 1:
            found = Range(1, found.high, whole=True)
        return found._replace(none=False)

    def _size_of_call(self, call: ast.Call) -> Range:
        module = self._module
        callee = module.callee(call)
        first = call.args[0] if call.args and not isinstance(call.args[0], ast.Starred) else None
        if callee is not None:
            known = sizes.SIZES.get(callee)
            if known is not None:
                return ranges.at_least(known, possible=callee in sizes.SMALLEST_SIZES)
            if callee in sizes.EMPTY_CALLS and not call.args and not call.keywords:
                return exact(0)
            if callee in sizes.SAME_SIZE and first is not None:
                size = self._answers.size(first)
                bounded = len(call.args) > 1 or any(keyword.arg == "maxlen" for keyword in call.keywords)
                return size.bounds_only() if bounded and callee == "collections.deque" else size
            if callee in sizes.FEWER_ITEMS and callee.startswith("builtins."):
                given = self._size_of_fewer(call, first)
                if given is not None:
                    return given
            if callee == "builtins.range":
                return self._size_of_range(call)
            if (
                callee == "builtins.zip"
                and call.args
                and not any(isinstance(one, ast.Starred) for one in call.args)
            ):
                return ranges.minimum(
                    [self._answers.size(argument)._replace(none=False) for argument in call.args]
                )
            if callee == "builtins.str":
                return ANY_SIZE
            function = module.instances.local_function(callee)
            if function is not None and not isinstance(function, ast.AsyncFunctionDef):
                return self._functions.returned(function, "size")
        if isinstance(call.func, ast.Attribute):
            method = call.func.attr
            text = (
                self._answers.literal(call.func.value)
                if method in sizes.METHOD_SIZES or method == "splitlines"
                else None
            )
            separators = [self._answers.literal(argument) for argument in call.args]
            if isinstance(text, str) and not call.keywords and all(isinstance(one, str) for one in separators):
                return self._size_of_split(text, method, cast("list[str]", separators))
            least = sizes.METHOD_SIZES.get(method)
            if least is not None and (separators or call.keywords):
                separator = module.argument(call, "sep", 0)
                if separator is not None and not (isinstance(separator, ast.Constant) and separator.value is None):
                    return ranges.at_least(least, possible=False)
            if method in sizes.SAME_SIZE_METHODS and not call.args and not call.keywords:
                return self._answers.size(call.func.value)
        return COLLECTION_SIZE

    def _size_of_split(self, text: str, method: str, separators: list[str]) -> Range:
        if len(text) > LONGEST_TEXT:
            return ANY_SIZE
        try:
            return exact(len(getattr(text, method)(*separators)))
        except (TypeError, ValueError):
            return ANY_SIZE

    def _size_of_fewer(self, call: ast.Call, first: ast.expr | None) -> Range | None:
        """The size of `set(xs)`, `frozenset(xs)`, `dict(xs, key=value)`."""
        named = sum(keyword.arg is not None for keyword in call.keywords)
        if first is None:
            if call.args or len(call.keywords) > named:
                return None
            return exact(named)
        size = self._answers.size(first)
        found = Range(min(1, size.low), size.high, size.least, size.most, True, size.dense)
        found = clipped(found, 0) if size.least <= 1 else found.bounds_only()
        return ranges.at_least(1, possible=False) if named else found

    def _size_of_range(self, call: ast.Call) -> Range:
        bounds = [
            UNKNOWN_NUMBER
            if isinstance(argument, ast.Starred)
            else self._answers.value(argument)._replace(none=False)
            for argument in call.args
        ]
        if len(bounds) == 1:
            return ranges.maximum([exact(0), bounds[0]])._replace(whole=True)
        if len(bounds) == 2:
            return ranges.maximum([exact(0), ranges.subtract(bounds[1], bounds[0])])._replace(whole=True)
        if len(bounds) == 3 and all(bound.exact for bound in bounds) and bounds[2].low != 0:
            first, stop, step = (int(bound.low) for bound in bounds)
            return exact(len(range(first, stop, step)))
        return ANY_SIZE

    def _size_of_operation(self, expression: ast.BinOp) -> Range:
        chain: list[ast.BinOp] = []
        inner: ast.expr = expression
        while isinstance(inner, ast.BinOp):
            chain.append(inner)
            inner = inner.left
        found = self._answers.size(inner)
        for operation in reversed(chain):
            if isinstance(operation.op, ast.Add):
                found = ranges.add(found, self._answers.size(operation.right))
            elif isinstance(operation.op, ast.Mult):
                times = ranges.maximum([exact(0), self._answers.value(operation.right)])
                found = ranges.multiply(found, times)._replace(whole=True)
            elif isinstance(operation.op, ast.BitOr):
                other = self._answers.size(operation.right)
                both = found.least == 0 and other.least == 0
                found = ranges.whole_numbers(max(found.low, other.low), found.high + other.high, zero=both)
            else:
                found = ANY_SIZE
        return found

    def _size_of_item(self, expression: ast.Subscript) -> Range:
        if not isinstance(expression.slice, ast.Slice):
            item = self._items.taken(expression)
            return self._answers.size(item) if item is not None else COLLECTION_SIZE
        whole = self._answers.size(expression.value)
        part = expression.slice
        if part.lower is None and part.step is None and part.upper is not None:
            stop = self._answers.value(part.upper)
            if stop.low >= 0:
                return ranges.minimum([whole._replace(none=False), stop._replace(none=False)])
        if part.lower is None and part.upper is None and part.step is None:
            return whole
        return ranges.whole_numbers(0, whole.high, zero=whole.least == 0)
