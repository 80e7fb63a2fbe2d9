"""Answers: the four questions about an expression, each answered once, and what is assumed meanwhile."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeVar, cast

from flake8_auditrules.semantics.ranges import ANY_SIZE, UNKNOWN, Range
from flake8_auditrules.semantics.values.terms import Constant

Answer = TypeVar("Answer")
_MAXIMUM_DEPTH = 40
_MAXIMUM_STEPS = 4000


class Answers:
    """
    The answers about one module's expressions: every part asks the others here, so that all of them are kept.

    A question that comes back to itself, goes too deep or takes too long gets the answer that says nothing.
    """

    _number: Callable[[ast.expr], Range]
    _items: Callable[[ast.expr], Range]
    _truth: Callable[[ast.expr], bool | None]
    _constant: Callable[[ast.expr], Constant | None]

    def __init__(self) -> None:
        self.assumed: dict[str, Range] = {}
        """What is taken for granted while a way is followed: ranges by the key of what they are of."""
        self.opaque: list[ast.AST] = []
        """The functions whose result is being asked for: nothing is known of their parameters."""
        self._known: dict[tuple[str, ast.AST], object] = {}
        self._asking: set[tuple[str, ast.AST]] = set()
        self._cut: set[tuple[str, ast.AST]] = set()
        self._depth = 0
        self._steps = 0

    def given_by(
        self,
        value: Callable[[ast.expr], Range],
        size: Callable[[ast.expr], Range],
        truth: Callable[[ast.expr], bool | None],
        literal: Callable[[ast.expr], Constant | None],
    ) -> None:
        """Name the parts that work the answers out; to be called once, before anything is asked."""
        self._number = value
        self._items = size
        self._truth = truth
        self._constant = literal

    def value(self, expression: ast.expr) -> Range:
        """The range of numbers that the expression can be where it stands; `UNKNOWN` if nothing is known."""
        return self._ask("value", expression, self._number, UNKNOWN)

    def size(self, expression: ast.expr) -> Range:
        """The number of items of the collection or text that the expression is."""
        return self._ask("size", expression, self._items, ANY_SIZE)

    def truth(self, expression: ast.expr) -> bool | None:
        """Whether the expression counts as true where it stands; None where it may count as either."""
        return self._ask("truth", expression, self._truth, None)

    def literal(self, expression: ast.expr) -> Constant | None:
        """The one constant that the expression certainly is; None where it is none or not known."""
        return self._ask("literal", expression, self._constant, None)

    def once(self, key: tuple[str, ast.AST], ask: Callable[[], Answer]) -> Answer | None:
        """What `ask` gives; None where it is being asked already, and what rests on that is not kept."""
        if key in self._asking:
            self._cut.add(key)
            return None
        self._asking.add(key)
        try:
            return ask()
        finally:
            self._asking.discard(key)
            self._cut.discard(key)

    def _ask(
        self, question: str, node: ast.expr, answer: Callable[[ast.expr], Answer], otherwise: Answer
    ) -> Answer:
        """Answer a question once; a question that comes back to itself gets `otherwise`."""
        key = (question, node)
        plain = not self.assumed and not self.opaque
        if plain and key in self._known:
            return cast("Answer", self._known[key])
        if key in self._asking or self._depth >= _MAXIMUM_DEPTH or self._steps >= _MAXIMUM_STEPS:
            self._cut.add(key)
            return otherwise
        self._asking.add(key)
        self._depth += 1
        self._steps += 1
        try:
            found = answer(node)
        finally:
            self._asking.discard(key)
            self._depth -= 1
        # What rests on an answer that was cut short is not kept, so that it does not matter what is asked first.
        recursive = key in self._cut
        self._cut.discard(key)
        if recursive and isinstance(found, Range):
            found = cast("Answer", found.bounds_only())
        if self._depth == 0:
            self._cut.clear()
            self._steps = 0
        if plain and not self._cut and not recursive:
            self._known[key] = found
        return found
