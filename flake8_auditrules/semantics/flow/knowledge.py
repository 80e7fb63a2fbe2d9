"""Knowledge: which tests hold at each point of a graph on every path to it."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Sequence

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow.changes import Changes
from flake8_auditrules.semantics.flow.conditions import Conditions, split
from flake8_auditrules.semantics.flow.effects import Effects, EffectsOfPoints
from flake8_auditrules.semantics.flow.evaluation import COMPREHENSIONS, FUNCTIONS, descend, way_down
from flake8_auditrules.semantics.flow.facts import FALSY, NONE, TRUTHY, Facts, Literal, Test, assume
from flake8_auditrules.semantics.flow.graph import ASKED, EdgeKind, Graph, Guard, PointKind
from flake8_auditrules.semantics.flow.outcomes import Outcomes


class _Entry(NamedTuple):
    """A test that may hold: as written, with its outcome, and as a literal with its truth."""

    expression: ast.expr | None
    outcome: bool
    literal: Literal
    truth: bool


class _Known(NamedTuple):
    """Which tests hold before each point (a bit each), and which points control can reach."""

    entries: list[_Entry]
    before: list[int]
    reached: list[bool]


class Knowledge:
    """The tests that hold at the points of one graph, solved when it is first asked for."""

    __slots__ = ("_changes", "_conditions", "_effects", "_graph", "_known", "_outcomes")

    def __init__(
        self,
        graph: Graph,
        effects: EffectsOfPoints,
        conditions: Conditions,
        changes: Changes,
        outcomes: Outcomes,
    ) -> None:
        self._graph = graph
        self._effects = effects
        self._conditions = conditions
        self._changes = changes
        self._outcomes = outcomes
        self._known: _Known | None = None

    def known_at(self, node: ast.AST) -> Sequence[tuple[ast.expr, bool]]:
        """List the tests that came out alike on every path from the entry to a node, with their outcome.

        `node` is a statement or any expression in one. Only tests whose operands were not rebound or
        changed since are told, `not` and the parts of `and` and `or` taken apart. Equal tests in several
        places are told once, by the first. Inside a nested function or lambda only what stands there counts.
        """
        point = self._graph.place(node)
        if point is None:
            return []
        graph = self._graph
        known = self._knowledge()
        owner = graph.nodes[point]
        roots = graph.roots(point)
        within: list[ast.AST] = []
        if node is not owner:
            within = way_down(roots, node)
        points = [point]
        if owner is not None and graph.kinds[point] in ASKED:
            points = graph.of[id(owner)]
        elif owner is not None:
            points = [
                other
                for other, parts in graph.parts.items()
                if graph.nodes[other] is owner and parts == graph.parts.get(point)
            ]
        bits = -1
        for own in points:
            if known.reached[own]:
                bits &= known.before[own]
        if bits == -1:
            bits = 0
        found: list[tuple[ast.expr, bool]] = []
        number = 0
        while bits:
            if bits & 1:
                entry = known.entries[number]
                if entry.expression is not None:
                    found.append((entry.expression, entry.outcome))
            bits >>= 1
            number += 1
        if isinstance(owner, ast.Assert) and owner.msg is not None and owner.msg in within:
            found += split(owner.test, False)
        for position, around in enumerate(within[:-1]):
            below = within[position + 1]
            if isinstance(around, ast.Lambda):
                if below is around.body:
                    found = []
            elif isinstance(around, (*FUNCTIONS, ast.ClassDef)):
                found = []
            elif isinstance(around, ast.BoolOp):
                for value in around.values:
                    if value is below:
                        break
                    found = _less_bound(found, [value])
                    found += split(value, isinstance(around.op, ast.And))
            elif isinstance(around, ast.IfExp):
                if below is not around.test:
                    found = _less_bound(found, [around.test])
                    found += split(around.test, below is around.body)
            elif isinstance(around, COMPREHENSIONS):
                found = _in_comprehension(found, around, below, within[position + 2 :])
        return list(dict.fromkeys(found))

    def facts_at(self, point: int) -> Facts:
        """Give what every path from the entry to a point knows when it gets there."""
        known = self._knowledge()
        if not known.reached[point]:
            return ()
        bits = known.before[point]
        facts: Facts = ()
        number = 0
        while bits:
            if bits & 1:
                entry = known.entries[number]
                if self._conditions.subjects[entry.literal.subject].pure:
                    narrowed = assume(facts, ((entry.literal, entry.truth),))
                    # Two tests that exclude each other: the code is never reached.
                    if narrowed is not None:
                        facts = narrowed
            bits >>= 1
            number += 1
        return facts

    def _knowledge(self) -> _Known:
        if self._known is None:
            self._known = self._find_knowledge()
        return self._known

    def _find_knowledge(self) -> _Known:
        """Solve, forward over the graph, which tests hold at every point whatever the path."""
        graph = self._graph
        count = len(graph.kinds)
        entries: list[_Entry] = []
        numbers: dict[tuple[Literal, bool], int] = {}
        by_root: dict[str, int] = {}

        def bit(expression: ast.expr | None, outcome: bool, literal: Literal, truth: bool) -> int:
            number = numbers.get((literal, truth))
            if number is None:
                number = numbers[literal, truth] = len(entries)
                entries.append(_Entry(expression, outcome, literal, truth))
                for operand in self._conditions.subjects[literal.subject].operands:
                    root = operand.partition(".")[0]
                    by_root[root] = by_root.get(root, 0) | 1 << number
            elif expression is not None and entries[number].expression is None:
                entries[number] = _Entry(expression, outcome, literal, truth)
            return 1 << number

        def of_guard(guard: Guard) -> int:
            node, truth = guard
            bits = 0
            if isinstance(node, ast.match_case):
                choices = self._conditions.choices(guard)
                if len(choices) == 1:
                    for literal, outcome in choices[0]:
                        bits |= bit(None, outcome, literal, outcome)
                if truth and node.guard is not None:
                    bits |= of_guard((node.guard, True))
                return bits
            assert isinstance(node, ast.expr)
            for part, outcome in split(node, truth):
                literal, positive = self._conditions.literal(part)
                bits |= bit(part, outcome, literal, outcome is positive)
            return bits

        for edges in graph.edges:
            # All subjects get their numbers before assignments to them are looked for.
            for _, _, guard in edges:
                if guard is not None and self._conditions.choices(guard):
                    of_guard(guard)
        gains: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        given = [0] * count
        for point in range(count):
            if point == graph.raise_exit:
                continue
            effects = self._effects.at(point)
            for target, _, guard in graph.edges[point]:
                if effects.never_returns:
                    continue
                if guard is None:
                    gains[point].append((target, 0))
                elif self._conditions.choices(guard):
                    gains[point].append((target, of_guard(guard)))
            for assignment in effects.assignments:
                value = assignment.value
                if value is None:
                    continue
                key = assignment.target
                number = self._conditions.numbers.get(key)
                if number is None:
                    continue
                if value.mask == NONE:
                    given[point] |= bit(None, True, Literal(number, Test.NONE, None), True)
                else:
                    given[point] |= bit(None, True, Literal(number, Test.NONE, None), False)
                if value.equal is not None:
                    given[point] |= bit(None, True, Literal(number, Test.EQUAL, value.equal), True)
                if value.mask in (TRUTHY, FALSY, NONE):
                    truth = value.mask == TRUTHY
                    given[point] |= bit(None, True, Literal(number, Test.TRUTH, None), truth)
        kills: list[int | None] = [None] * count
        before = [-1] * count
        reached = [False] * count
        reached[graph.entry] = True
        before[graph.entry] = 0
        waiting = deque([graph.entry])
        queued = [False] * count
        shared = self._changes.shared
        while waiting:
            point = waiting.popleft()
            queued[point] = False
            if graph.kinds[point] >= PointKind.RETURN:
                continue
            effects = self._effects.at(point)
            lost = kills[point]
            if lost is None:
                lost = 0
                roots = set(effects.bound)
                for chain in (*effects.bound_chains, *effects.mutated, *effects.touched):
                    roots.add(chain.partition(".")[0])
                if effects.invokes:
                    roots |= shared
                for root in roots:
                    bits = by_root.get(root, 0)
                    while bits:
                        low = bits & -bits
                        bits ^= low
                        entry = entries[low.bit_length() - 1]
                        if self._loses(entry, effects):
                            lost |= low
                kills[point] = lost
            here = before[point] & ~lost
            after = here | given[point]
            outgoing = [(target, after | gain) for target, gain in gains[point]]
            for target, edge in self._outcomes.successors(point):
                if edge in (EdgeKind.RAISE, EdgeKind.PASS_ON, EdgeKind.CAUGHT):
                    outgoing.append((target, here))
            for target, bits in outgoing:
                merged = bits if not reached[target] else before[target] & bits
                if not reached[target] or merged != before[target]:
                    reached[target] = True
                    before[target] = merged
                    if not queued[target]:
                        queued[target] = True
                        waiting.append(target)
        return _Known(entries, before, reached)

    def _loses(self, entry: _Entry, effects: Effects) -> bool:
        subject = self._conditions.subjects[entry.literal.subject]
        rebound, mutated, touched = self._changes.changed(subject, effects, True)
        if rebound:
            return True
        if entry.literal.test is not Test.TRUTH:
            return mutated and subject.opaque
        return mutated or (touched and not entry.truth and not subject.opaque)


def _in_comprehension(
    found: list[tuple[ast.expr, bool]],
    around: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
    below: ast.AST,
    deeper: list[ast.AST],
) -> list[tuple[ast.expr, bool]]:
    for number, generator in enumerate(around.generators):
        if generator is below and deeper and deeper[0] is generator.iter:
            return found
        found = _less_bound(found, [generator.target])
        for test in generator.ifs:
            if generator is below and deeper and deeper[0] is test:
                return found
            found = _less_bound(found, [test])
            found = found + split(test, True)
        if generator is below:
            return found
        del number
    return found


def _less_bound(found: list[tuple[ast.expr, bool]], parts: list[ast.AST]) -> list[tuple[ast.expr, bool]]:
    """Leave out the tests of names that these expressions bind."""
    names = {
        part.id for part in descend(parts) if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
    }
    if not names:
        return found
    return [
        (expression, truth)
        for expression, truth in found
        if not any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(expression))
    ]
