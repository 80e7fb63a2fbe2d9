"""Bindings: which bindings of a local name can reach a place, and whether it may be unbound there."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.flow.effects import EffectsOfPoints
from flake8_auditrules.semantics.flow.evaluation import FUNCTIONS, FunctionNode, arguments_of, descend
from flake8_auditrules.semantics.flow.graph import ASKED, EdgeKind, Graph, PointKind
from flake8_auditrules.semantics.flow.outcomes import Outcomes


class Bindings:
    """The bindings of local names in one graph, followed against the edges; tests are not looked at."""

    __slots__ = ("_before", "_effects", "_function", "_graph", "_outcomes")

    def __init__(
        self,
        function: FunctionNode | ast.Module,
        graph: Graph,
        effects: EffectsOfPoints,
        outcomes: Outcomes,
    ) -> None:
        self._function = function
        self._graph = graph
        self._effects = effects
        self._outcomes = outcomes
        self._before: list[list[tuple[int, EdgeKind]]] | None = None

    def reaching(self, name: str, at: ast.AST) -> tuple[list[ast.AST], bool]:
        """List the sites that bind a name and can reach a place, in source order, and tell if none may have."""
        graph = self._graph
        point = self._graph.place(at)
        if point is None:
            return [], False
        before = self._predecessors()
        node = graph.nodes[point]
        points = graph.of.get(id(node), [point]) if graph.kinds[point] in ASKED else [point]
        sites: dict[int, ast.AST] = {}
        unbound = False
        for own in points:
            if at is not node:
                # A walrus in the same statement may have run already.
                for site in self._sites(own, name):
                    if isinstance(graph.nodes[own], FUNCTIONS):
                        continue
                    if (
                        isinstance(site, ast.Name)
                        and site is not at
                        and not isinstance(
                            graph.nodes[own], (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete)
                        )
                    ):
                        sites[id(site)] = site
        waiting = [(source, edge) for own in points for source, edge in before[own]]
        if any(own == graph.entry for own in points):
            unbound = True
        seen: set[tuple[int, bool]] = set()
        while waiting:
            source, edge = waiting.pop()
            raised = edge is EdgeKind.RAISE
            if (source, raised) in seen:
                continue
            seen.add((source, raised))
            if graph.kinds[source] is PointKind.HANDLER_END:
                handler = graph.nodes[source]
                if isinstance(handler, ast.ExceptHandler) and handler.name == name:
                    unbound = True
                    continue
            if self._effects.binds(source, name):
                effects = self._effects.at(source)
                found = self._sites(source, name)
                if not raised or not effects.binds_last:
                    for site in found:
                        if isinstance(site, ast.Name) and isinstance(site.ctx, ast.Del):
                            unbound = True
                        else:
                            sites[id(site)] = site
                if self._graph.completes(source, edge):
                    continue
            if source == graph.entry:
                argument = arguments_of(self._function).get(name)
                if argument is None:
                    unbound = True
                else:
                    sites[id(argument)] = argument
            waiting.extend(before[source])
        ordered = sorted(
            sites.values(), key=lambda site: (getattr(site, "lineno", 0), getattr(site, "col_offset", 0))
        )
        return ordered, unbound

    def _sites(self, point: int, name: str) -> list[ast.AST]:
        """List the nodes with which a point binds (or deletes) a name."""
        graph = self._graph
        node = graph.nodes[point]
        kind = graph.kinds[point]
        if node is None:
            return []
        if kind is PointKind.CLASS_END or isinstance(node, FUNCTIONS):
            return [node]
        if isinstance(node, ast.ExceptHandler):
            return [node] if node.name == name else []
        found: list[ast.AST] = []
        for part in descend(graph.roots(point)):
            if isinstance(part, ast.Name):
                binds = part.id == name and not isinstance(part.ctx, ast.Load)
            elif isinstance(part, ast.alias):
                binds = (part.asname or part.name.partition(".")[0]) == name
            elif isinstance(part, (ast.MatchAs, ast.MatchStar)):
                binds = part.name == name
            else:
                binds = isinstance(part, ast.MatchMapping) and part.rest == name
            if binds:
                found.append(part)
        return found

    def _predecessors(self) -> list[list[tuple[int, EdgeKind]]]:
        """List the edges into each point, as far as control can come from the entry."""
        if self._before is None:
            graph = self._graph
            before: list[list[tuple[int, EdgeKind]]] = [[] for _ in graph.kinds]
            seen = [False] * len(graph.kinds)
            seen[graph.entry] = True
            waiting = [graph.entry]
            while waiting:
                point = waiting.pop()
                for target, edge in self._outcomes.successors(point):
                    before[target].append((point, edge))
                    if not seen[target]:
                        seen[target] = True
                        waiting.append(target)
            self._before = before
        return self._before
