"""Effects: which functions block, each with the shortest chain to the library's call that waits."""

from __future__ import annotations

import fnmatch
import heapq
from collections.abc import Callable, Collection, Iterable, Mapping

from flake8_auditrules.knowledge import returns
from flake8_auditrules.knowledge.blocking import KIND_OF, Blocking, Effect, blocking, entry_from_text
from flake8_auditrules.project.facts import (
    AT_ONCE,
    AWAITED,
    FINISHED,
    GIVES_MEMORY,
    KEPT,
    MEMORY,
    MOST_BRANCHES,
    OFF_LOOP,
    ONCE,
    OTHERWISE,
    REMOTE,
    UNLESS_FILE,
    FunctionFacts,
    branches_in,
)
from flake8_auditrules.project.graph import CACHES, Edge, Graph, NodeKey
from flake8_auditrules.records import NamedTuple

CURES: Mapping[Effect, str] = {
    Effect.SLEEP: "use `asyncio.sleep` all the way or `asyncio.to_thread`",
    Effect.NETWORK: "use an async client or `asyncio.to_thread`",
    Effect.DATABASE: "use an async session or `asyncio.to_thread`",
    Effect.FILE: "use `asyncio.to_thread`",
    Effect.PROCESS: "use `asyncio.create_subprocess_exec` or `asyncio.to_thread`",
    Effect.WAIT: "use asyncio's own primitives or `asyncio.to_thread`",
    Effect.LOOP: "await the coroutine",
}
"""What to do about a call that blocks further down."""


_ORDER = tuple(Effect)
# Decorators of other libraries, and of the project itself, that keep what a function returned.
_MEMOIZING = frozenset({"lru_cache", "memoize", "memoized", "run_once"})
_BRANCH = 100
_MOST_CALLS = 6
_MOST_CALLS_TO_FILES = {0: 3, 1: 2}
# A chain with this many branches may have so many calls; the second row holds for what takes longest.
_MOST_CALLS_BY_BRANCHES = {0: _MOST_CALLS, 1: _MOST_CALLS, 2: 2}
_MOST_CALLS_BY_BRANCHES_OF_WAITS = {0: _MOST_CALLS, 1: _MOST_CALLS, 2: 3, 3: 2}
_LONG_WAITS = frozenset({Effect.SLEEP, Effect.NETWORK, Effect.DATABASE})
# Waits that a function commonly wraps in a way that keeps them short: a lock around a few statements, a thread
# that was just told to stop, the condition inside a lock of the project's own, an event that tells that a thread
# has begun; and what fetches a table once and keeps it. They count where a coroutine itself waits.
_SHORT_WAITS = (
    ".acquire",
    "threading.Thread.join",
    "threading.Timer.join",
    "Observer.join",
    "threading.Condition.wait",
    "threading.Condition.wait_for",
    "threading.Event.wait",
    "tiktoken.encoding_for_model",
    "tiktoken.get_encoding",
)


class Reason(NamedTuple):
    """
    Why a site blocks: the effect, the length of the way to the primitive (calls, branches weighing more), the
    edge that leads there, and what is known of the primitive.
    """

    effect: Effect
    distance: int
    edge: Edge
    entry: Blocking


class Effects:
    """
    The effects of the functions of a graph, worked out for what is asked and kept.

    `table` holds the user's own blocking calls by pattern, `offloading` the names of functions to which
    callables are handed over to run elsewhere, `follow` tells of calls that neither `table` nor the knowledge
    speaks of.
    """

    def __init__(
        self,
        graph: Graph,
        table: Mapping[str, str],
        offloading: Iterable[str],
        follow: Callable[[str], Blocking | None] | None = None,
    ) -> None:
        self._graph = graph
        self._exact: dict[str, Blocking] = {}
        self._patterns: dict[str, Blocking] = {}
        self._offloading = frozenset(offloading)
        self._follow = follow
        for pattern, text in table.items():
            entry = entry_from_text(text)
            if entry is None:
                continue
            if "*" in pattern:
                self._patterns[pattern] = entry
            else:
                self._exact[pattern] = entry
        self._edges: dict[NodeKey, list[Edge]] = {}
        self._known: dict[str, Blocking | None] = {}
        self._distances: dict[NodeKey, dict[Effect, int]] = {}

    def forget(self) -> None:
        """Work out the effects anew, a module being there now that was not."""
        self._edges.clear()
        self._distances.clear()

    def primitive(self, name: str) -> Blocking | None:
        """What is known of a library's call, its class's known bases included."""
        try:
            return self._known[name]
        except KeyError:
            found = self._known[name] = self._find_primitive(name)
            return found

    def _find_primitive(self, name: str) -> Blocking | None:
        if self._exact or self._patterns:
            own = self._exact.get(name)
            if own is not None:
                return own
            for pattern, entry in self._patterns.items():
                if fnmatch.fnmatchcase(name, pattern):
                    return entry
        found = blocking(name)
        if found is not None:
            return found
        owner, _, method = name.rpartition(".")
        for ancestor in returns.ancestry(owner)[1:]:
            found = blocking(f"{ancestor}.{method}")
            if found is not None:
                return found
        kind = KIND_OF.get(owner)
        if kind is not None:
            return self._find_primitive(f"{kind}.{method}")
        return self._follow(name) if self._follow is not None else None

    def entry_of(self, edge: Edge, function: FunctionFacts) -> Blocking | None:
        """What is known of the library's call that an edge makes; None where it does not block there."""
        flags = edge.site.flags
        if edge.target is not None or flags & (AWAITED | OFF_LOOP):
            return None
        entry = self.primitive(edge.primitive)
        if entry is None:
            return None
        if flags & AT_ONCE and entry.effect in (Effect.SLEEP, Effect.WAIT, Effect.PROCESS):
            return None
        if flags & MEMORY and entry.effect is Effect.FILE:
            return None
        if flags & FINISHED and entry.effect is Effect.WAIT:
            return None
        if entry.effect is Effect.LOOP and function.loop_aware:
            return None
        return entry

    def reasons(self, edges: Iterable[Edge], function: FunctionFacts) -> list[Reason]:
        """Why edges of one site block: the nearest primitive of each effect, files and pauses last."""
        best: dict[Effect, Reason] = {}
        edges = list(edges)
        if not edges:
            return []
        self._settle([edge.target for edge in edges if edge.target is not None])
        for edge in edges:
            entry = self.entry_of(edge, function)
            if entry is not None:
                if entry.effect is Effect.FILE and not _counts(edge, Effect.FILE):
                    continue
                known = best.get(entry.effect)
                if known is None or known.distance > 0:
                    best[entry.effect] = Reason(entry.effect, 0, edge, entry)
            elif edge.target is not None and self._leads_on(edge):
                for effect, distance in self._distances[edge.target].items():
                    if not _counts(edge, effect):
                        continue
                    if effect in best and best[effect].distance <= distance:
                        continue
                    if effect is Effect.WAIT and edge.target[0].endswith(".__init__"):
                        continue
                    if effect is Effect.FILE and edge.site.flags & GIVES_MEMORY and self._opens_names(edge.target):
                        continue
                    if effect is Effect.LOOP and (function.loop_aware or _gives_an_awaitable(edge, distance)):
                        continue
                    if edge.site.flags & AWAITED and self._has_another_answer(edge.target, effect):
                        continue
                    last = self.last_entry(edge.target, effect)
                    if last is not None:
                        best[effect] = Reason(effect, distance, edge, last)
        return sorted(
            best.values(),
            key=lambda reason: (_counts_last(reason), reason.distance, _ORDER.index(reason.effect)),
        )

    def _leads_on(self, edge: Edge) -> bool:
        """Whether an edge to a function of the project runs it here."""
        if edge.site.flags & OFF_LOOP:
            return False
        return edge.handed is None or edge.handed[0] not in self._offloading

    def _settle(self, keys: Iterable[NodeKey]) -> None:
        """Work out the effects of functions and of all that they come to."""
        new: list[NodeKey] = []
        pending = [key for key in keys if key not in self._edges]
        while pending:
            key = pending.pop()
            if key in self._edges:
                continue
            edges: list[Edge] = []
            found = self._graph.function(key[0])
            if found is not None:
                edges = list(self._graph.edges(*found, key[1]))
            self._edges[key] = edges
            new.append(key)
            pending.extend(edge.target for edge in edges if edge.target is not None)
        if new:
            self._measure(new)

    def _measure(self, new: list[NodeKey]) -> None:
        """The distance of each new function to each effect, those of the functions known before being final."""
        callers: dict[NodeKey, list[tuple[NodeKey, Edge]]] = {}
        fringe: list[tuple[int, NodeKey, int]] = []
        fresh = set(new)
        for key in new:
            self._distances[key] = {}
        for key in new:
            found = self._graph.function(key[0])
            if found is None:
                continue
            facts, function = found
            is_cached = any(
                name in CACHES or name.rpartition(".")[2] in _MEMOIZING
                for name in self._graph.decorators(facts, function)
            )
            if is_cached:
                continue
            for edge in self._edges[key]:
                entry = self.entry_of(edge, function)
                if entry is not None:
                    if edge.primitive.endswith(_SHORT_WAITS) or not _counts(edge, entry.effect):
                        continue
                    heapq.heappush(fringe, (_length(edge, entry.effect), key, _ORDER.index(entry.effect)))
                elif edge.target is not None and self._leads_on(edge):
                    if edge.target in fresh:
                        callers.setdefault(edge.target, []).append((key, edge))
                    else:
                        for effect, distance in self._distances[edge.target].items():
                            if not _counts(edge, effect):
                                continue
                            heapq.heappush(fringe, (distance + _length(edge, effect), key, _ORDER.index(effect)))
        while fringe:
            distance, key, number = heapq.heappop(fringe)
            effect = _ORDER[number]
            distances = self._distances[key]
            if distances.get(effect, distance + 1) <= distance or not _is_believable(distance, effect):
                continue
            if effect is Effect.LOOP and self._is_loop_aware(key):
                continue
            distances[effect] = distance
            for caller, edge in callers.get(key, ()):
                if not _counts(edge, effect):
                    continue
                heapq.heappush(fringe, (distance + _length(edge, effect), caller, number))

    def nearest(self, start: NodeKey, wanted: Collection[Effect], most: int) -> list[tuple[NodeKey, Edge]]:
        """
        The shortest chain from a function to a call with one of the wanted effects, each function with its edge.

        Of no more than `most` functions is looked at what they call; empty where that shows no chain.
        """
        fringe: list[tuple[int, int, NodeKey]] = [(0, 0, start)]
        before: dict[NodeKey, tuple[NodeKey, Edge]] = {}
        best = {start: 0}
        looked = 0
        nearest: tuple[int, NodeKey, Edge] | None = None
        while fringe and looked < most:
            distance, _, key = heapq.heappop(fringe)
            if nearest is not None and distance >= nearest[0]:
                break
            found = self._graph.function(key[0])
            if distance > best[key] or found is None:
                continue
            looked += 1
            for edge in self._graph.edges(*found, key[1]):
                further = distance + _length(edge, Effect.NETWORK)
                entry = self.entry_of(edge, found[1])
                if entry is not None:
                    is_wanted = entry.effect in wanted and _counts(edge, entry.effect)
                    if is_wanted and _is_believable(further, entry.effect):
                        if nearest is None or further < nearest[0]:
                            nearest = (further, key, edge)
                elif edge.target is not None and self._leads_on(edge) and not edge.site.flags & ONCE:
                    if further < best.get(edge.target, further + 1) and _is_believable(further, Effect.NETWORK):
                        best[edge.target] = further
                        before[edge.target] = (key, edge)
                        heapq.heappush(fringe, (further, len(before), edge.target))
        chain: list[tuple[NodeKey, Edge]] = []
        if nearest is not None:
            step: tuple[NodeKey, Edge] | None = nearest[1:]
            while step is not None:
                chain.append(step)
                step = before.get(step[0]) if step[0] != start else None
        return chain[::-1]

    def _opens_names(self, key: NodeKey) -> bool:
        """Whether the nearest that a function does with files is to open what it is given, if that is a name."""
        return all(edge.site.flags & UNLESS_FILE for _, edge in self.steps(key, Effect.FILE)[:1])

    def _has_another_answer(self, key: NodeKey, effect: Effect) -> bool:
        """
        Whether a plain function leads to an effect by what it returns where it has not returned another before.

        What it gives being awaited, that other is a coroutine, and this one is not.
        """
        found = self._graph.function(key[0])
        if found is None or found[1].is_async or found[1].is_generator:
            return False
        facts, function = found
        for _, edge in self.steps(key, effect)[:1]:
            if not edge.site.flags & OTHERWISE or edge.target is None:
                return False
            called = self._graph.function(edge.target[0])
            is_plain = called is not None and not called[1].is_async
            return is_plain and any(facts.terms[one][:2] == ("C", edge.site.term) for one in function.returned)
        return False

    def _is_loop_aware(self, key: NodeKey) -> bool:
        found = self._graph.function(key[0])
        return found is not None and found[1].loop_aware

    def steps(self, key: NodeKey, effect: Effect) -> list[tuple[NodeKey, Edge]]:
        """The shortest chain from a function down to the primitive: each function with the edge it goes by."""
        chain: list[tuple[NodeKey, Edge]] = []
        current: NodeKey | None = key
        while current is not None:
            distance = self._distances[current].get(effect)
            if distance is None:
                return []
            edge = self._edge_at(current, effect, distance)
            if edge is None:
                return []
            chain.append((current, edge))
            current = edge.target
        return chain

    def _edge_at(self, key: NodeKey, effect: Effect, distance: int) -> Edge | None:
        found = self._graph.function(key[0])
        if found is None:
            return None
        for edge in self._edges[key]:
            if not _counts(edge, effect):
                continue
            rest = distance - _length(edge, effect)
            if edge.target is None:
                entry = self.entry_of(edge, found[1]) if not rest else None
                if entry is not None and entry.effect is effect and not edge.primitive.endswith(_SHORT_WAITS):
                    return edge
            elif rest > 0 and self._leads_on(edge) and self._distances[edge.target].get(effect) == rest:
                return edge
        return None

    def last_entry(self, key: NodeKey, effect: Effect) -> Blocking | None:
        """What is known of the primitive at the end of a function's shortest chain."""
        chain = self.steps(key, effect)
        return self.primitive(chain[-1][1].primitive) if chain else None


def _counts_last(reason: Reason) -> bool:
    """Whether a reason is told only where there is no other: files, and pauses that another try needs."""
    if reason.effect is Effect.SLEEP:
        return reason.distance >= _BRANCH
    return reason.effect is Effect.FILE


def _gives_an_awaitable(edge: Edge, distance: int) -> bool:
    """
    Whether a plain function, what it gives being awaited, hardly went the way that leads to an effect.

    It has another way then, on which it returns a coroutine.
    """
    return edge.site.flags & AWAITED != 0 and distance >= _BRANCH


def is_unconditional(reason: Reason) -> bool:
    """Whether no branch or handler stands between a site's call and the primitive behind it."""
    return reason.distance < _BRANCH


def _length(edge: Edge, effect: Effect) -> int:
    """
    What an edge adds to a chain's length: a branch that need not be taken weighs more than any call.

    Files are often read only where what they hold is not there already, so that counts as a branch for them. What
    takes a file as well as an address is mostly given a file, so that counts twice for the network.
    """
    flags = edge.site.flags
    counts_twice = {Effect.FILE: OTHERWISE, Effect.NETWORK: REMOTE}.get(effect, 0)
    return 1 + _BRANCH * min(branches_in(flags) + (flags & counts_twice != 0), MOST_BRANCHES)


def _is_believable(distance: int, effect: Effect) -> bool:
    """
    Whether a chain tells of more than a possibility.

    Each branch on the way is a condition that may never hold, so a chain may have one, or more if it is short.
    """
    branches, calls = divmod(distance, _BRANCH)
    if effect is Effect.FILE:
        return calls <= _MOST_CALLS_TO_FILES.get(branches, 0)
    if effect is Effect.WAIT and branches > 1:
        return False
    if effect is Effect.LOOP and branches == MOST_BRANCHES:
        # Whoever comes there fails, and is one call away.
        return calls == 1
    allowed = _MOST_CALLS_BY_BRANCHES_OF_WAITS if effect in _LONG_WAITS else _MOST_CALLS_BY_BRANCHES
    return calls <= allowed.get(branches, 0)


def _counts(edge: Edge, effect: Effect) -> bool:
    """
    Whether what an edge leads to counts for callers.

    Not what is run once for the whole process, nor waiting where the caller asks first whether there is
    something to wait for, nor files where what is handed over is on no disk.
    """
    if edge.site.flags & ONCE:
        return effect is Effect.LOOP
    if edge.site.flags & FINISHED and effect is Effect.WAIT:
        return False
    if edge.site.flags & MEMORY and edge.site.flags & GIVES_MEMORY and effect is Effect.FILE:
        return False
    return not edge.site.flags & KEPT or effect in (Effect.NETWORK, Effect.DATABASE, Effect.LOOP)
