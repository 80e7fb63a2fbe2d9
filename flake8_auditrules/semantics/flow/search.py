"""Search: a shortest path from a statement to a goal or a way out that keeps clear of stops."""

from __future__ import annotations

import ast
import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Union

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow.effects import EffectsOfPoints
from flake8_auditrules.semantics.flow.evaluation import FunctionNode, Statement, statements_in
from flake8_auditrules.semantics.flow.exceptions import CANCELLED, GENERATOR_EXIT
from flake8_auditrules.semantics.flow.graph import ASKED, RETURN, EdgeKind, Graph, PointKind
from flake8_auditrules.semantics.flow.outcomes import Raising
from flake8_auditrules.semantics.flow.states import Options, State, States

BUDGET = 20_000
"""Path states that one question may visit; past it the question gives the answer that keeps rules silent."""


class ExitKind(enum.Enum):
    """How control goes out of the function, or of the region a question is asked about."""

    RETURN = "return"
    FALL = "fall"
    """The end of the body is reached."""
    RAISE = "raise"
    CANCEL = "cancel"
    """CancelledError at an await, `async for` or `async with`, or GeneratorExit at a yield."""
    AGAIN = "again"
    """Control comes back to the start."""
    LEAVE = "leave"
    """Control leaves the region `within`, neither by an exception nor on its way to a return."""


class Exit(NamedTuple):
    """
    A way out: its kind, the statement at which control leaves, and that statement's line (1-based).

    `origin` is the line of the first statement on the way that raises, which a handler or `finally` may come
    after; the same line where none does.
    """

    kind: ExitKind
    node: Statement
    line: int
    origin: int = 0


Match = Callable[[ast.stmt], bool]
"""What a path is to meet or to keep clear of: asked with the statement of each point that control reaches."""

Exits = Callable[[ast.withitem], bool]
"""The items of `with` statements whose exit is to be kept clear of."""

Trail = list[tuple[State, EdgeKind]]
"""The states of a path, each with the edge that led to it."""

Found = tuple[Trail, Union[ExitKind, None]]
"""A path, and the kind of exit where it ends with one."""


class Terms(NamedTuple):
    """What paths a question is about; the arguments are told at `Flow`."""

    raising: Raising
    cancellation: bool
    within: Statement | None = None
    assuming: Mapping[str, bool] | None = None
    stop_at_exit: Exits | None = None


# The ways out of the function that are no exception.
_EXITS = {PointKind.RETURN: ExitKind.RETURN, PointKind.FALL: ExitKind.FALL}


class _Aims:
    """What one search looks for and keeps clear of; each statement and item is asked about once."""

    __slots__ = ("_goals", "_stops", "bound", "goal", "stop", "stop_at_exit", "to_exit")

    def __init__(
        self, goal: Match | None, stop: Match | None, stop_at_exit: Exits | None, bound: str | None, to_exit: bool
    ) -> None:
        self.goal = goal
        self.stop = stop
        self.stop_at_exit = stop_at_exit
        self.bound = bound
        self.to_exit = to_exit
        self._goals: dict[int, bool] = {}
        self._stops: dict[int, bool] = {}

    def is_goal(self, node: Statement) -> bool:
        """Answer whether a path has arrived at a statement."""
        known = self._goals.get(id(node))
        if known is None:
            assert self.goal is not None
            known = self._goals[id(node)] = bool(self.goal(node))  # type: ignore[arg-type]
        return known

    def is_stop(self, node: Statement) -> bool:
        """Answer whether a path is to keep clear of a statement."""
        known = self._stops.get(id(node))
        if known is None:
            assert self.stop is not None
            known = self._stops[id(node)] = bool(self.stop(node))  # type: ignore[arg-type]
        return known

    def is_stopped_exit(self, item: ast.withitem) -> bool:
        """Answer whether a path is to keep clear of the exit of a `with` item."""
        known = self._stops.get(id(item))
        if known is None:
            assert self.stop_at_exit is not None
            known = self._stops[id(item)] = bool(self.stop_at_exit(item))
        return known


class Search:
    """The search for paths through one graph."""

    def __init__(
        self, function: FunctionNode | ast.Module, graph: Graph, effects: EffectsOfPoints, states: States
    ) -> None:
        self._function = function
        self._graph = graph
        self._effects = effects
        self._states = states

    def path(
        self, start: Statement | None, goal: Match, stop: Match | None, terms: Terms, bound: str | None = None
    ) -> Trail | None:
        """Find a shortest path from a start to a goal that keeps clear of stops and of the binding of `bound`.

        Gives None if there is no such path or the budget is spent.
        """
        found = self._search(start, _Aims(goal, stop, terms.stop_at_exit, bound, False), terms)
        return None if found is None else found[0]

    def way_out(self, start: Statement | None, stop: Match, terms: Terms) -> Exit | None:
        """Find a nearest way out from a start that keeps clear of stops, or None as `path` does."""
        found = self._search(start, _Aims(None, stop, terms.stop_at_exit, None, True), terms)
        if found is None:
            return None
        trail, kind = found
        assert kind is not None
        node = self._leaving(trail, kind, start)
        raising_nodes = (
            self._graph.nodes[trail[position - 1][0][0]]
            for position in range(1, len(trail))
            if trail[position][1] is EdgeKind.RAISE
        )
        origin = next((raiser for raiser in raising_nodes if raiser is not None), node)
        return Exit(kind, node, node.lineno, origin.lineno)

    def _search(self, start: Statement | None, aims: _Aims, terms: Terms) -> Found | None:
        """Find a shortest path.

        What is known on a path costs more than the path. So the first look takes every test for open: where
        that finds no path there is none, and a path on which no test stands is one whatever is known.
        """
        again = set(self._graph.of.get(id(start), ())) if start is not None else set()
        found: Found | None = None
        for tracked in (False, True):
            options = self._states.options(terms.raising, terms.cancellation, tracked, terms.assuming)
            found = self._explore(start, aims, terms, options, again)
            if found is None or not self.depends_on_tests(again, found[0]):
                break
        return found

    def depends_on_tests(self, begun: set[int], trail: Trail) -> bool:
        """Answer whether a path goes along an edge that a test guards, its first ones from `begun` included."""
        graph = self._graph
        before: Iterable[int] = begun
        for (point, _, _), edge in trail:
            for source in before:
                if edge is EdgeKind.RAISE:
                    if isinstance(graph.nodes[source], ast.Assert):
                        return True
                elif any(target == point and guard is not None for target, _, guard in graph.edges[source]):
                    return True
            before = (point,)
        return False

    def _explore(
        self, start: Statement | None, aims: _Aims, terms: Terms, options: Options, again: set[int]
    ) -> Found | None:
        """Search with or without what is known on the path; `again` are the points of the start."""
        graph = self._graph
        kinds, nodes = graph.kinds, graph.nodes
        to_exit, bound = aims.to_exit, aims.bound
        inside: set[int] | None = None
        if terms.within is not None:
            inside = {id(statement) for statement in statements_in(terms.within)}
        states: list[State] = []
        came: list[tuple[int, EdgeKind]] = []
        seen: set[State] = set()

        def trail(index: int, last: tuple[State, EdgeKind]) -> Trail:
            found = [last]
            while index >= 0:
                found.append((states[index], came[index][1]))
                index = came[index][0]
            found.reverse()
            return found

        fresh = [(state, EdgeKind.NEXT) for state in self._states.beginnings(start, options, terms.assuming)]
        parent = -1
        while True:
            for state, edge in fresh:
                point = state[0]
                kind = kinds[point]
                node = nodes[point]
                if to_exit:
                    way: ExitKind | None = None
                    if kind >= PointKind.RETURN:
                        way = _EXITS.get(kind) or self._way_across(state, edge)
                    elif inside is not None and id(node) not in inside:
                        way = self._way_across(state, edge)
                    if way is not None:
                        return trail(parent, (state, edge)), way
                if state in seen or (state[2] and (point, state[1], ()) in seen):
                    continue
                if not to_exit and inside is not None and node is not None and id(node) not in inside:
                    continue
                if kind in ASKED:
                    assert node is not None
                    if aims.goal is not None and aims.is_goal(node):
                        return trail(parent, (state, edge)), None
                    if aims.stop is not None and aims.is_stop(node):
                        continue
                elif kind is PointKind.WITH_EXIT and aims.stop_at_exit is not None:
                    if aims.is_stopped_exit(graph.items[point]):
                        continue
                if to_exit and point in again:
                    return trail(parent, (state, edge)), ExitKind.AGAIN
                seen.add(state)
                states.append(state)
                came.append((parent, edge))
            parent += 1
            if parent >= len(states) or len(states) > BUDGET:
                return None
            current = states[parent]
            fresh = self._states.steps(current, options)
            if bound is not None and self._effects.binds(current[0], bound):
                fresh = [(state, edge) for state, edge in fresh if not graph.completes(current[0], edge)]

    def _way_across(self, state: State, edge: EdgeKind) -> ExitKind:
        """Tell how control leaves a region (or the function), by the edge that leads out of it."""
        graph = self._graph
        point = state[0]
        if graph.kinds[point] is PointKind.RAISE or edge in (EdgeKind.RAISE, EdgeKind.PASS_ON):
            return ExitKind.CANCEL if state[1][-1] in (CANCELLED, GENERATOR_EXIT) else ExitKind.RAISE
        if edge is EdgeKind.RETURN or graph.ways.get(point) == RETURN:
            return ExitKind.RETURN
        return ExitKind.LEAVE

    def _leaving(self, trail: Trail, kind: ExitKind, start: Statement | None) -> Statement:
        """Find the statement at which control leaves on a path that ends with an exit."""
        graph = self._graph
        index = len(trail) - 1
        if kind is ExitKind.RETURN:
            for position in range(index, 0, -1):
                node = graph.nodes[trail[position - 1][0][0]]
                if trail[position][1] is EdgeKind.RETURN and node is not None:
                    return node
        elif kind in (ExitKind.RAISE, ExitKind.CANCEL):
            while index > 0:
                edge = trail[index][1]
                source = trail[index - 1][0][0]
                node = graph.nodes[source]
                if edge is EdgeKind.RAISE and node is not None:
                    return node
                index -= 1
                opening = graph.opening.get(source)
                if opening is not None:
                    while index > 0 and trail[index][0][0] != opening:
                        index -= 1
        for position in range(len(trail) - 2, -1, -1):
            point = trail[position][0][0]
            node = graph.nodes[point]
            if node is not None and graph.kinds[point] in ASKED:
                return node
        if start is not None:
            return start
        if self._function.body:
            return self._function.body[-1]
        return ast.Pass(lineno=1, col_offset=0)
