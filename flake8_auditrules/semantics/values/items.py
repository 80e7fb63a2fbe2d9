"""Items: what the items of a collection can be, all of them or the one that a subscript takes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.ranges import UNKNOWN, UNKNOWN_NUMBER, Range, exact
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.changes import Changes

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class Items:
    """The items of one module's collections."""

    def __init__(self, module: Module, answers: Answers, changes: Changes) -> None:
        self._module = module
        self._answers = answers
        self._changes = changes

    def elements(self, iterable: ast.expr, combine: Callable[[Sequence[Range]], Range]) -> Range:
        """What the items of an iterable can be; `combine` says what is wanted of those written out."""
        if isinstance(iterable, (ast.Tuple, ast.List, ast.Set)):
            if any(isinstance(element, ast.Starred) for element in iterable.elts) or not iterable.elts:
                return UNKNOWN
            return combine([self._answers.value(element) for element in iterable.elts])
        if isinstance(iterable, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
            element = self._answers.value(iterable.elt)
            return element if element.exact else element.bounds_only()
        if isinstance(iterable, ast.Call):
            callee = self._module.callee(iterable)
            if callee == "builtins.range":
                return self._range_items(iterable)
            if callee in sizes.SAME_SIZE and callee != "builtins.enumerate" and len(iterable.args) == 1:
                return self.elements(iterable.args[0], combine)
        if isinstance(iterable, ast.Name):
            written = self._changes.written_out(iterable)
            if written is not None:
                return self.elements(written, combine)
        return UNKNOWN

    def _range_items(self, call: ast.Call) -> Range:
        """The items of `range(...)`; the first is possible wherever there is any."""
        if not 1 <= len(call.args) <= 3 or any(isinstance(argument, ast.Starred) for argument in call.args):
            return UNKNOWN_NUMBER._replace(whole=True)
        bounds = [self._answers.value(argument)._replace(none=False) for argument in call.args]
        first = bounds[0] if len(bounds) > 1 else exact(0)
        stop = bounds[1] if len(bounds) > 1 else bounds[0]
        if len(bounds) == 3 and not (bounds[2].low > 0):
            return Range(min(first.low, stop.low), max(first.high, stop.high), whole=True)
        last = ranges.subtract(stop, exact(1))
        high = max(last.high, first.low)
        found = Range(first.low, high, first.least, first.most, whole=True)
        return found if first.exact and first.low <= high else found.bounds_only()

    def number(self, expression: ast.Subscript) -> Range:
        """An item of a collection that is written out: `SIZES[0]`, `LIMITS["small"]`."""
        item = self.taken(expression)
        return self._answers.value(item) if item is not None else UNKNOWN

    def taken(self, expression: ast.Subscript) -> ast.expr | None:
        """The expression that a subscript takes out of a collection that is written out, or None."""
        index = self._answers.literal(expression.slice)
        if index is None:
            return None
        collection: ast.expr | None = expression.value
        if isinstance(collection, ast.Name):
            collection = self._changes.written_out(collection)
        if isinstance(collection, ast.Dict):
            found: ast.expr | None = None
            for key, value in zip(collection.keys, collection.values, strict=True):
                if key is None:
                    return None
                if self._answers.literal(key) == index:
                    found = value
            return found
        if isinstance(collection, (ast.Tuple, ast.List)) and isinstance(index, int):
            if any(isinstance(element, ast.Starred) for element in collection.elts):
                return None
            if -len(collection.elts) <= index < len(collection.elts):
                return collection.elts[index]
        return None
