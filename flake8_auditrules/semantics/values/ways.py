"""
Ways: which numbers get from where they arise to where they are used.

A number is followed along the branches that a value of just that number takes, past nothing that may change it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import EdgeKind, Flow, Point, PointKind, evaluated
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.ranges import NONE, Range, clipped, exact
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.changes import Changes
from flake8_auditrules.semantics.values.definitions import Definitions
from flake8_auditrules.semantics.values.guards import Guards
from flake8_auditrules.semantics.values.keys import Keys
from flake8_auditrules.semantics.values.terms import COMPREHENSIONS, FOR_LOOPS, SIZE

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module

_MAXIMUM_POINTS = 20_000
_EVALUATING = frozenset(
    {
        PointKind.STATEMENT,
        PointKind.HEADER,
        PointKind.ITEM,
        PointKind.ITERATION,
        PointKind.CASE,
        PointKind.HANDLER,
    }
)


class _Way(NamedTuple):
    """From a binding site (None: from the start of the function) to the place where a thing is used."""

    flow: Flow
    start: ast.AST | None
    place: ast.AST
    key: str
    question: str


class Ways:
    """The ways in one module from where a number arises to where it is used."""

    def __init__(self, module: Module, answers: Answers, keys: Keys, changes: Changes, guards: Guards) -> None:
        self._module = module
        self._answers = answers
        self._keys = keys
        self._changes = changes
        self._guards = guards
        self._skipped: set[ast.expr] = set()
        self._changed: dict[tuple[Flow, str, str], dict[int, bool]] = {}

    def surviving(
        self,
        found: Range,
        place: ast.expr,
        key: str,
        site: ast.AST | None,
        definitions: Definitions | None,
        question: str,
    ) -> Range:
        """
        The range with only the evidence that holds on some way to `place`.

        A number is followed from where the name is bound (or from the start of the function) along the
        branches that a value of just that number takes, past nothing that may change it.
        """
        module = self._module
        local = definitions is None or definitions.flow is not None
        function = module.function_of(place)
        if isinstance(function, ast.Lambda):
            return found
        flow = module.flow(function if function is not None else module.tree)
        if question == "size" and self._changes.changed_by_nested(key, place):
            return found.bounds_only()
        several = definitions is not None and len(definitions.sites) > 1
        way = _Way(flow, site if local and isinstance(site, ast.Name) else None, place, key, question)
        own = SIZE + key if question == "size" else key
        if several and local and question == "value":
            found = self._bounded_by_branches(found, way, own)
        kept: list[float] = []
        for point in found.points:
            assumed = {own: exact(point)}
            if site is not None and local:
                value = module.names.binding(site).value
                if value is not None and point == found.least:
                    for source, number in self._sources(value, question, point):
                        assumed.setdefault(source, exact(number))
            if self._arrives(way, assumed) and (not several or self._hangs_together(way)):
                kept.append(point)
        if len(kept) == len(found.points):
            return found
        if not kept:
            return found.bounds_only()
        return found._replace(least=min(kept), most=max(kept), dense=False)

    def _arrives(self, way: _Way, assumed: dict[str, Range]) -> bool:
        """Whether the whole way is open, also if the collections whose loops it leaves out are empty."""
        if not self._survives(way, assumed):
            return False
        emptied = dict(assumed)
        for iterable in self._skipped:
            for source, number in self._sources(iterable, "size", 0):
                emptied.setdefault(source, exact(number))
        return emptied == assumed or self._survives(way, emptied)

    def _bounded_by_branches(self, found: Range, way: _Way, own: str) -> Range:
        """A range without None and without what is not above 0, if that never gets as far (`if n < 1: n = 1`)."""
        if found.none and not self._survives(way, {own: NONE}):
            found = found._replace(none=False)
        if found.low <= 0 and not found.empty:
            lower = Range(found.low, min(found.high, 0), whole=found.whole)
            if not self._survives(way, {own: lower}):
                found = clipped(found, 0, open_ends=True)._replace(none=found.none)
        return found

    def _sources(self, value: ast.expr, question: str, number: float) -> Iterator[tuple[str, float]]:
        """What else is so when `value` gives its lowest number: `n = len(jobs)` is 0 when `jobs` is empty."""
        key = self._keys.of(value)
        if key is not None:
            yield (SIZE + key if question == "size" else key), number
        if question == "size":
            inner = value
            while isinstance(inner, ast.Call) and inner.args and self._module.callee(inner) in sizes.SAME_SIZE:
                inner = inner.args[0]
            if isinstance(inner, COMPREHENSIONS) and len(inner.generators) == 1 and not inner.generators[0].ifs:
                inner = inner.generators[0].iter
            key = self._keys.of(inner)
            if key is not None and inner is not value:
                yield SIZE + key, number
        for node in ast.walk(value):
            if isinstance(node, ast.Call):
                key = self._keys.of(node)
                if key is not None and self._answers.value(node).least == 0:
                    yield key, 0

    def _survives(self, way: _Way, assumed: dict[str, Range]) -> bool:
        """Whether control can come the whole way while what is assumed holds and nothing changes it."""
        flow = way.flow
        points = flow.points
        target = self._statement_in(flow, way.place)
        if target is None:
            return False
        goals = set(flow.points_of(target))
        self._skipped = set()
        waiting: list[tuple[int, bool]] = []
        if way.start is None:
            waiting.append((flow.entry, False))
        else:
            origin = self._statement_in(flow, way.start)
            for point in points:
                if point.node is not origin or origin is None:
                    continue
                if isinstance(origin, FOR_LOOPS) and point.kind is not PointKind.ITERATION:
                    continue
                waiting.extend(
                    (goal, self._enters(origin, points[goal].node))
                    for goal, edge in flow.successors(point.number)
                    if edge is EdgeKind.TRUE
                    or (edge in (EdgeKind.NEXT, EdgeKind.FALSE) and not isinstance(origin, FOR_LOOPS))
                )
        saved = self._answers.assumed
        self._answers.assumed = {**saved, **assumed}
        seen: set[tuple[int, bool]] = set()
        try:
            while waiting:
                state = waiting.pop()
                if state in seen:
                    continue
                seen.add(state)
                if len(seen) > _MAXIMUM_POINTS:
                    return False
                number, fresh = state
                if number in goals:
                    return True
                node, kind = points[number].node, points[number].kind
                changed = self._changes_at(way, points[number]) or self._may_end(node)
                if_true, if_false = self._allowed(way, node, kind, fresh)
                for goal, edge in flow.successors(number):
                    if edge in (EdgeKind.RAISE, EdgeKind.PASS_ON, EdgeKind.CAUGHT):
                        waiting.append((goal, False))
                    elif changed and not (kind is PointKind.ITERATION and edge is EdgeKind.FALSE):
                        continue
                    elif edge is EdgeKind.FALSE:
                        if if_false:
                            waiting.append((goal, self._enters(node, points[goal].node)))
                    elif if_true or not (edge is EdgeKind.TRUE or isinstance(node, ast.Assert)):
                        waiting.append((goal, self._enters(node, points[goal].node)))
        finally:
            self._answers.assumed = saved
        return False

    def _enters(self, node: ast.AST | None, following: ast.AST | None) -> bool:
        """Whether control comes to a loop from before it, not from its own body."""
        if not isinstance(following, (*FOR_LOOPS, ast.While)):
            return False
        return node is None or not _stands_in(node, following)

    def _hangs_together(self, way: _Way) -> bool:
        """Whether tests of other names leave the way open (not so in `if fast: ... if fast:`)."""
        target = self._statement_in(way.flow, way.place)
        begin = None if way.start is None else self._statement_in(way.flow, way.start)
        changing = {
            point.node
            for point in way.flow.points
            if point.node is not begin and not isinstance(point.node, FOR_LOOPS) and self._changes_at(way, point)
        }
        found = way.flow.path(
            begin, lambda statement: statement is target, lambda statement: statement in changing
        )
        return found is not None

    def _statement_in(self, flow: Flow, node: ast.AST) -> ast.stmt | ast.ExceptHandler | None:
        current: ast.AST | None = node
        while current is not None:
            if isinstance(current, (ast.stmt, ast.ExceptHandler)) and flow.points_of(current):
                return current
            current = self._module.parent(current)
        return None

    def _allowed(
        self,
        way: _Way,
        node: ast.AST | None,
        kind: PointKind,
        fresh: bool,
    ) -> tuple[bool, bool]:
        """Whether the true and the false way out of a point can be taken under what is assumed."""
        if isinstance(node, (ast.If, ast.While, ast.Assert)):
            truth = self._answers.truth(node.test)
            if isinstance(node, ast.While) and fresh and truth is not False:
                # That the loop is not entered at all is no more than a guess.
                return True, not self._body_changes(way, node)
            return truth is not False, truth is not True
        if isinstance(node, FOR_LOOPS) and kind is PointKind.ITERATION:
            size = self._answers.size(node.iter)
            if size.high <= 0:
                return False, True
            if fresh and size.low >= 1:
                return True, False
            if fresh and size.high > 0 and self._body_changes(way, node):
                if size.least != 0:
                    return True, False
                self._skipped.add(node.iter)
        return True, True

    def _may_end(self, statement: ast.AST | None) -> bool:
        """
        Whether a call may be there to end the way: `abort(404)` at the end of a branch for what is assumed.
        """
        if not isinstance(statement, ast.Expr):
            return False
        branch = self._module.parent(statement)
        if not isinstance(branch, ast.If) or statement not in (branch.body[-1], *branch.orelse[-1:]):
            return False
        mentioned = self._guards.mentioned(branch.test)
        if not any(key in mentioned or key.removeprefix(SIZE) in mentioned for key in self._answers.assumed):
            return False
        call = statement.value.value if isinstance(statement.value, ast.Await) else statement.value
        if not isinstance(call, ast.Call) or self._module.callee(call) in sizes.READING_CALLS:
            return False
        if isinstance(call.func, ast.Attribute):
            if call.func.attr in sizes.FILLING_METHODS or call.func.attr in sizes.GROWING_METHODS:
                return False
            if call.func.attr in sizes.LOGGING_METHODS:
                # The same name ends the program on an argument parser.
                return call.func.attr == "error" and not self._is_logger(call.func.value)
        return True

    def _is_logger(self, expression: ast.expr) -> bool:
        name = last_name(expression)
        return "log" in name.lower()

    def _body_changes(self, way: _Way, loop: ast.AST) -> bool:
        """Whether a statement in a loop's body may change what is followed."""
        return any(
            self._changes_at(way, point)
            for point in way.flow.points
            if point.node is not None and _stands_in(point.node, loop)
        )

    def _changes_at(self, way: _Way, point: Point) -> bool:
        """Whether a point binds what is followed anew, may change it, or fails where it is empty."""
        if point.node is None or point.kind not in _EVALUATING:
            return False
        known = self._changed.setdefault((way.flow, way.key, way.question), {})
        found = known.get(point.number)
        if found is None:
            found = known[point.number] = self._is_changed_by(point.node, point.kind, way.key, way.question)
        return found

    def _is_changed_by(self, node: ast.stmt | ast.ExceptHandler, kind: PointKind, key: str, question: str) -> bool:
        if isinstance(node, FOR_LOOPS) and kind is PointKind.HEADER:
            return False
        if isinstance(node, ast.Match):
            # Which case a size takes is not worked out.
            mentioned = self._guards.mentioned(node.subject)
            return key in mentioned or SIZE + key in mentioned
        if isinstance(node, ast.ExceptHandler):
            return node.name is not None and self._keys.binds(node, node.name, key)
        for part in evaluated(node):
            if isinstance(part, (ast.Name, ast.Attribute, ast.Subscript)):
                if not isinstance(part.ctx, ast.Load):
                    if key == self._keys.of(part) or key.startswith(f"{self._keys.of(part)}."):
                        return True
                elif (
                    question == "size"
                    and self._keys.of(part) == key
                    and self._changes.may_change(part, followed=True)
                ):
                    return True
            elif isinstance(part, ast.alias) and self._keys.binds(part, part.asname or part.name, key):
                return True
        return False


def _stands_in(node: ast.AST, loop: ast.AST) -> bool:
    """Whether a statement stands in a loop's body, by lines."""
    if node is loop or not isinstance(loop, (*FOR_LOOPS, ast.While)):
        return False
    line: int = getattr(node, "lineno", 0)
    return loop.body[0].lineno <= line <= (loop.body[-1].end_lineno or 0)
