"""Outcomes: what each point may raise, which handlers take it, and the edges along which control may go on."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.knowledge.control_flow import BASE_EXCEPTION, EXCEPTION
from flake8_auditrules.semantics.flow.conditions import Conditions
from flake8_auditrules.semantics.flow.effects import EffectsOfPoints
from flake8_auditrules.semantics.flow.exceptions import (
    CANCELLED,
    GENERATOR_EXIT,
    UNKNOWN,
    Qualname,
    Raised,
    classes_of,
    raised_by,
)
from flake8_auditrules.semantics.flow.graph import LEADING_ON, RAISE, EdgeKind, Graph, PointKind

Stack = tuple[Raised, ...]
"""The exceptions that are pending or being handled, and the ways on that wait as they do."""

_RAISING_NOTHING = frozenset(
    (
        PointKind.ENTRY,
        PointKind.DISPATCH,
        PointKind.STAR,
        PointKind.FINALLY,
        PointKind.FINALLY_END,
        PointKind.RETURN,
        PointKind.FALL,
        PointKind.RAISE,
    )
)


class Raising(enum.IntEnum):
    """Which code a question takes to raise."""

    NOTHING = 0
    """Nothing: a path ends without an exit where a `raise` statement stands."""
    EXPLICIT = 1
    """`raise`, `assert` and calls that never return."""
    CALLS = 2
    """Also calls that are not harmless, awaits, yields, imports and the entering of `with` blocks."""
    ANY = 3
    """Also attribute access, subscripts, operators, iteration, unpacking and the leaving of `with` blocks."""


class Outcomes:
    """Where control can go from the points of one graph."""

    __slots__ = ("_caught", "_conditions", "_effects", "_graph", "_qualname")

    def __init__(self, graph: Graph, qualname: Qualname, effects: EffectsOfPoints, conditions: Conditions) -> None:
        self._graph = graph
        self._qualname = qualname
        self._effects = effects
        self._conditions = conditions
        self._caught: dict[int, list[str | None]] = {}

    def caught(self, handler: ast.ExceptHandler) -> list[str | None]:
        """List the canonical names of the classes that a handler is for; None for the unknown."""
        known = self._caught.get(id(handler))
        if known is None:
            known = self._caught[id(handler)] = classes_of(handler.type, self._qualname)
        return known

    def raises(self, point: int, stack: Stack, raising: Raising, cancellation: bool) -> list[Raised]:
        """List what a point may raise itself. `stack` is what is pending there."""
        graph = self._graph
        kind = graph.kinds[point]
        if kind in _RAISING_NOTHING:
            return []
        effects = self._effects.at(point)
        found: list[Raised] = []
        node = graph.nodes[point]
        if raising >= Raising.EXPLICIT and kind is PointKind.STATEMENT:
            if isinstance(node, ast.Raise):
                found.append(self._raised_by(point, node, stack))
            elif isinstance(node, ast.Assert):
                if self._conditions.choices((node.test, False)):
                    found.append(Raised("builtins.AssertionError", True))
            elif effects.never_returns and effects.ends_with is not None:
                found.append(Raised(effects.ends_with, effects.ends_with != EXCEPTION))
        if (raising >= Raising.CALLS and effects.calls) or (raising >= Raising.ANY and effects.anything):
            if UNKNOWN not in found:
                found.append(UNKNOWN)
        if cancellation:
            if effects.awaits:
                found.append(CANCELLED)
            if effects.yields:
                found.append(GENERATOR_EXIT)
        return found

    def _raised_by(self, point: int, node: ast.Raise, stack: Stack) -> Raised:
        slot = self._graph.slots.get(point)
        if slot is not None and slot < len(stack) and stack[slot].name not in LEADING_ON:
            return stack[slot]._replace(partial=False)
        return raised_by(node, self._qualname)

    def successors(self, point: int, raising: Raising = Raising.ANY) -> list[tuple[int, EdgeKind]]:
        """List the edges out of a point, whatever is known on the path; cancellation counts."""
        graph = self._graph
        kind = graph.kinds[point]
        found: list[tuple[int, EdgeKind]] = []
        if kind in (PointKind.DISPATCH, PointKind.STAR):
            certain = False
            for target, handler in graph.choices[point]:
                found.append((target, EdgeKind.CAUGHT))
                certain = certain or BASE_EXCEPTION in self.caught(handler)
            if not certain:
                passed = [(edge[0], edge[1]) for edge in graph.edges[point]]
                found += passed or [(graph.handlers[point], EdgeKind.PASS_ON)]
            return found
        if kind is PointKind.FINALLY_END:
            ways = [(edge[0], edge[1]) for edge in graph.edges[point]]
            return [*ways, (graph.handlers[point], EdgeKind.PASS_ON)]
        effects = self._effects.at(point)
        for target, edge, guard in graph.edges[point]:
            if effects.never_returns or (guard is not None and not self._conditions.choices(guard)):
                continue
            found.append((target, edge))
        if kind is PointKind.WITH_EXIT and graph.ways[point] == RAISE:
            found.append((graph.handlers[point], EdgeKind.PASS_ON))
        if self.raises(point, (), raising, True):
            found.append((graph.handlers[point], EdgeKind.RAISE))
        return found
