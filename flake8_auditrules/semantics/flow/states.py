"""States: where a path is, what is pending there and what it knows, and the states that can come next."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Mapping

from flake8_auditrules.knowledge.control_flow import (
    BASE_EXCEPTION,
    BASE_EXCEPTION_GROUP,
    CANCELLED_ERROR,
    EXCEPTION_GROUP,
)
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow.changes import Changes
from flake8_auditrules.semantics.flow.conditions import Conditions
from flake8_auditrules.semantics.flow.effects import EffectsOfPoints
from flake8_auditrules.semantics.flow.evaluation import Statement
from flake8_auditrules.semantics.flow.exceptions import (
    CANCELLED,
    UNKNOWN,
    Qualname,
    Raised,
    catches,
    is_below,
    is_outside_exception,
    swallowed,
)
from flake8_auditrules.semantics.flow.facts import TOP, Facts, Literal, Test, assume
from flake8_auditrules.semantics.flow.graph import LEADING_ON, RAISE, EdgeKind, Graph, PointKind
from flake8_auditrules.semantics.flow.knowledge import Knowledge
from flake8_auditrules.semantics.flow.outcomes import Outcomes, Raising, Stack

State = tuple[int, Stack, Facts]
"""The point where a path is, what is pending or handled there, and what the path knows."""


class Options(NamedTuple):
    """What a walk takes to raise, and whether it heeds what is known on its path."""

    raising: Raising
    cancellation: bool
    tracked: bool
    wanted: int = -1
    """The subjects of which the path keeps what it knows, a bit each."""


class States:
    """The states of paths through one graph."""

    def __init__(
        self,
        graph: Graph,
        qualname: Qualname,
        effects: EffectsOfPoints,
        conditions: Conditions,
        changes: Changes,
        outcomes: Outcomes,
        knowledge: Knowledge,
    ) -> None:
        self._graph = graph
        self._qualname = qualname
        self._effects = effects
        self._conditions = conditions
        self._changes = changes
        self._outcomes = outcomes
        self._knowledge = knowledge
        self._alive: list[int] | None = None
        self._tracked = 0

    def initial(self) -> State:
        """Give the state of a path at the entry."""
        return (self._graph.entry, (), ())

    def options(
        self, raising: Raising, cancellation: bool, tracked: bool, assuming: Mapping[str, bool] | None
    ) -> Options:
        """Give the options of a walk that keeps what it knows of what is tested more than once or assumed."""
        if not tracked:
            return Options(raising, cancellation, False, 0)
        self._prepare()
        wanted = self._tracked
        for name in assuming or {}:
            number = self._conditions.numbers.get(name)
            if number is not None:
                wanted |= 1 << number
        return Options(raising, cancellation, True, wanted)

    def _prepare(self) -> None:
        """Find which subjects are worth tracking, and at which points they can still matter."""
        if self._alive is not None:
            return
        graph = self._graph
        count = len(graph.kinds)
        uses = [0] * count
        tests: dict[int, set[int]] = {}
        for point in range(count):
            guards = [guard for _, _, guard in graph.edges[point] if guard is not None]
            for guard in guards:
                for choice in self._conditions.choices(guard):
                    for literal, _ in choice:
                        uses[point] |= 1 << literal.subject
                        tests.setdefault(literal.subject, set()).add(id(guard[0]))
        tracked = 0
        assigned = {
            assignment.target
            for point in range(count)
            if graph.kinds[point] in (PointKind.STATEMENT, PointKind.HEADER, PointKind.ITEM)
            for assignment in self._effects.at(point).assignments
        }
        for number, places in tests.items():
            if len(places) > 1 or self._conditions.subjects[number].key in assigned:
                tracked |= 1 << number
        self._tracked = tracked
        # A copied name carries what is known of its source.
        alive = list(uses)
        before: list[list[int]] = [[] for _ in range(count)]
        for point in range(count):
            for target, _ in self._all_targets(point):
                before[target].append(point)
        waiting = deque(point for point in range(count) if alive[point])
        queued = [False] * count
        for point in waiting:
            queued[point] = True
        while waiting:
            point = waiting.popleft()
            queued[point] = False
            live = alive[point]
            for source in before[point]:
                if live & ~alive[source]:
                    alive[source] |= live
                    if not queued[source]:
                        queued[source] = True
                        waiting.append(source)
        self._alive = alive

    def _all_targets(self, point: int) -> list[tuple[int, EdgeKind]]:
        """List the edges out of a point if everything could raise; cheap, and a little too many."""
        graph = self._graph
        found = [(edge[0], edge[1]) for edge in graph.edges[point]]
        found += [(target, EdgeKind.CAUGHT) for target, _ in graph.choices.get(point, ())]
        if point != graph.raise_exit:
            found.append((graph.handlers[point], EdgeKind.RAISE))
        return found

    def steps_of_all(self, state: State, raising: Raising, cancellation: bool) -> list[tuple[State, EdgeKind]]:
        """List the next states of a path that keeps all that it knows."""
        self._prepare()
        return self.steps(state, Options(raising, cancellation, True))

    def _settle(self, point: int, stack: Stack, facts: Facts, wanted: int) -> State:
        """Give a state that keeps of the facts only what is wanted and can still matter."""
        if facts:
            assert self._alive is not None
            live = self._alive[point] & wanted
            kept = tuple(fact for fact in facts if live >> fact[0] & 1 and fact[1] != TOP)
            if len(kept) != len(facts):
                facts = kept
        return (point, stack, facts)

    def steps(self, state: State, options: Options) -> list[tuple[State, EdgeKind]]:
        """List the states that a path can be in next, each with the edge that leads to it."""
        graph = self._graph
        point, stack, facts = state
        kind = graph.kinds[point]
        depths = graph.depths
        wanted = options.wanted
        if kind >= PointKind.RETURN:
            return []
        if kind is PointKind.DISPATCH or kind is PointKind.STAR:
            return self._chosen(state, kind, wanted)
        if point in graph.entering:
            # Where to go on is pending, as an exception would be.
            target = graph.entering[point]
            waiting = Raised(graph.ways[point], True)
            return [(self._settle(target, (*stack[: depths[target] - 1], waiting), facts, wanted), EdgeKind.NEXT)]
        if kind is PointKind.FINALLY_END or (kind is PointKind.WITH_EXIT and graph.ways[point] == RAISE):
            return self._passed_on(state, kind, options)
        found: list[tuple[State, EdgeKind]] = []
        tracked = options.tracked
        effects = self._effects.at(point)
        if not effects.never_returns:
            after = self._changes.after(facts, effects, True) if tracked else ()
            for target, edge, guard in graph.edges[point]:
                if edge is EdgeKind.PASS_ON:
                    if point in graph.sharing and not stack[depths[point] - 1].partial:
                        continue
                    below = (*stack[: depths[target] - 1], UNKNOWN)
                else:
                    below = stack[: depths[target]]
                if guard is None:
                    found.append((self._settle(target, below, after, wanted), edge))
                    continue
                if not tracked:
                    if self._conditions.choices(guard):
                        found.append(((target, below, ()), edge))
                    continue
                for choice in self._conditions.choices(guard):
                    narrowed = assume(after, choice)
                    if narrowed is not None:
                        found.append((self._settle(target, below, narrowed, wanted), edge))
        raises = self._outcomes.raises(point, stack, options.raising, options.cancellation)
        if raises:
            target = graph.handlers[point]
            below = stack[: depths[target] - 1]
            left = self._changes.after(facts, effects, False) if tracked else ()
            node = graph.nodes[point]
            for raised in raises:
                narrowed = left
                if tracked and isinstance(node, ast.Assert) and raised.name == "builtins.AssertionError":
                    alternatives = [
                        assume(left, choice) for choice in self._conditions.choices((node.test, False))
                    ]
                    possible = [known for known in alternatives if known is not None]
                    if not possible:
                        continue
                    if len(possible) == 1:
                        narrowed = possible[0]
                found.append((self._settle(target, (*below, raised), narrowed, wanted), EdgeKind.RAISE))
        return found

    def _chosen(self, state: State, kind: PointKind, wanted: int) -> list[tuple[State, EdgeKind]]:
        """List the states after the choice between handlers: in one of them, or past all of them."""
        graph = self._graph
        point, stack, facts = state
        depths = graph.depths
        pending = stack[-1]
        found: list[tuple[State, EdgeKind]] = []
        tried: set[str] = set()
        for target, handler in graph.choices[point]:
            caught_here = self._outcomes.caught(handler)
            if tried and not pending.exact:
                # An earlier handler has taken all of these.
                caught_here = [name for name in caught_here if not is_below(name, tried)]
            tried.update(name for name in caught_here if name is not None)
            taken, certain = catches(pending, caught_here)
            if kind is PointKind.STAR and not certain:
                taken = [caught._replace(partial=True) for caught in taken]
            for caught in dict.fromkeys(taken):
                found.append((self._settle(target, (*stack[:-1], caught), facts, wanted), EdgeKind.CAUGHT))
            if certain:
                return found
        going = [pending]
        if not graph.choices[point]:
            group = BASE_EXCEPTION_GROUP if is_outside_exception(pending.name) else EXCEPTION_GROUP
            going = [Raised(group, True), pending]
        onward = [edge[0] for edge in graph.edges[point]] or [graph.handlers[point]]
        for raised in going:
            for target in onward:
                below = (*stack[: depths[target] - 1], raised)
                found.append((self._settle(target, below, facts, wanted), EdgeKind.PASS_ON))
        return found

    def _passed_on(self, state: State, kind: PointKind, options: Options) -> list[tuple[State, EdgeKind]]:
        """List the states after a `finally` block or a `with` item that an exception (or a way on) came to."""
        graph = self._graph
        point, stack, facts = state
        depths = graph.depths
        wanted = options.wanted
        found: list[tuple[State, EdgeKind]] = []
        if kind is PointKind.FINALLY_END and stack[-1].name in LEADING_ON:
            for target, edge, _ in graph.edges[point]:
                if graph.ways[target] == stack[-1].name:
                    found.append((self._settle(target, stack[: depths[target]], facts, wanted), edge))
            return found
        pending = stack[depths[point] - 1]
        certain = False
        for target, _, _ in graph.edges[point] if kind is PointKind.WITH_EXIT else ():
            # The item swallows exceptions.
            taken, certain = catches(pending, swallowed(graph.items[point], self._qualname))
            if taken:
                after = self._changes.after(facts, self._effects.at(point), True) if options.tracked else ()
                found.append((self._settle(target, stack[: depths[target]], after, wanted), EdgeKind.CAUGHT))
        target = graph.handlers[point]
        below = stack[: depths[target] - 1]
        if not certain:
            found.append((self._settle(target, (*below, pending), facts, wanted), EdgeKind.PASS_ON))
        for raised in self._outcomes.raises(point, stack, options.raising, options.cancellation):
            found.append((self._settle(target, (*below, raised), facts, wanted), EdgeKind.RAISE))
        return found

    def beginnings(
        self, start: Statement | None, options: Options, assuming: Mapping[str, bool] | None
    ) -> list[State]:
        """List the states in which a path begins."""
        graph = self._graph
        if start is None:
            points = [graph.entry]
        else:
            points = list(graph.of.get(id(start), []))
            if isinstance(start, (ast.With, ast.AsyncWith)) and len(start.items) > 1:
                # The header has completed when the last item is entered.
                last = start.items[-1]
                points = [
                    point
                    for point, parts in graph.parts.items()
                    if graph.nodes[point] is start and parts == [last]
                ]
        found: list[State] = []
        for point in points:
            facts: Facts = ()
            if start is not None and options.tracked:
                facts = self._knowledge.facts_at(point)
            for stack in self._stacks(point, options):
                if graph.kinds[point] is PointKind.HANDLER or start is None:
                    begun = [(point, stack, facts)]
                    if graph.kinds[point] is PointKind.HANDLER:
                        begun = [s for s, edge in self.steps(begun[0], options) if edge is not EdgeKind.RAISE]
                else:
                    begun = [
                        s for s, edge in self.steps((point, stack, facts), options) if edge is not EdgeKind.RAISE
                    ]
                for where, pending, known in begun:
                    feasible: Facts | None = known
                    for name, truth in (assuming or {}).items() if options.tracked else ():
                        number = self._conditions.numbers.get(name, -1)
                        if number >= 0 and feasible is not None:
                            feasible = assume(feasible, ((Literal(number, Test.TRUTH, None), truth),))
                    if feasible is not None:
                        found.append(self._settle(where, pending, feasible, options.wanted))
        return list(dict.fromkeys(found))

    def _stacks(self, point: int, options: Options) -> list[Stack]:
        """List the exceptions that may be pending or handled at a point where a path begins."""
        graph = self._graph
        depth = graph.depths[point]
        if not depth:
            return [()]
        holders: list[list[Raised]] = [[UNKNOWN] for _ in range(depth)]
        for slot, handler in graph.holders[point]:
            names = self._outcomes.caught(handler)
            kinds: list[Raised] = []
            for name in names:
                if name is None or name == BASE_EXCEPTION:
                    kinds.append(UNKNOWN)
                    if options.cancellation and name is not None:
                        kinds.append(CANCELLED)
                else:
                    kinds.append(CANCELLED if name == CANCELLED_ERROR else Raised(name, False))
            holders[slot] = list(dict.fromkeys(kinds))[:4]
        stacks: list[Stack] = [()]
        for kinds in holders:
            stacks = [(*stack, kind) for stack in stacks for kind in kinds][:16]
        return stacks
