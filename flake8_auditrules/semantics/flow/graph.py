"""The graph of one body: points, and edges between them, with what belongs to each; only data.

There is one *point* for each simple statement, compound-statement header, handler header and block exit of a
`with` item, and a few points that stand for no code. A `finally` block has a copy for each way control goes
on after it.
"""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow.evaluation import Statement, everything, header


class PointKind(enum.IntEnum):
    """What a point of the graph stands for."""

    ENTRY = 0
    STATEMENT = 1
    HEADER = 2
    ITEM = 3
    """A second or later item of a `with` statement."""
    ITERATION = 4
    """A `for` loop takes the next item."""
    CASE = 5
    """A case of a `match` statement: its pattern and its guard."""
    HANDLER = 6
    HANDLER_END = 7
    """The name of `except ... as name` is deleted."""
    DISPATCH = 8
    """The choice between the handlers of a `try`."""
    STAR = 9
    """The choice whether an `except*` handler gets a part of the exception group."""
    FINALLY = 10
    FINALLY_END = 11
    WITH_EXIT = 12
    CLASS_END = 13
    """The body of a class has run and its name is bound."""
    RETURN = 14
    FALL = 15
    RAISE = 16


class EdgeKind(enum.IntEnum):
    """Why control goes from one point to another."""

    NEXT = 0
    TRUE = 1
    FALSE = 2
    RETURN = 3
    JUMP = 4
    """`break` or `continue`."""
    RAISE = 5
    """An exception that starts here."""
    PASS_ON = 6
    """An exception that was pending: no handler took it, or a `finally` or `with` block is over."""
    CAUGHT = 7


class Point(NamedTuple):
    """One point: its number, its kind, and the statement or handler it belongs to (None for the function's)."""

    number: int
    kind: PointKind
    node: Statement | None


Guard = tuple[ast.AST, bool]
"""A test, or a case of a `match` statement, and how it has to come out for an edge to be taken."""

Edge = tuple[int, EdgeKind, "Guard | None"]
"""Where an edge leads, why control takes it, and what guards it."""

ASKED = frozenset((PointKind.STATEMENT, PointKind.HEADER, PointKind.HANDLER))
"""The points that stand for their whole statement: questions are asked with it there."""

_EVALUATING = frozenset((*ASKED, PointKind.ITEM, PointKind.ITERATION, PointKind.CASE))

# Ways on after a `finally` block or the exit of a `with` item.
NORMAL = "normal"
RETURN = "return"
BREAK = "break"
CONTINUE = "continue"
RAISE = "raise"
LEADING_ON = frozenset((NORMAL, RETURN, BREAK, CONTINUE))
"""The ways that are no exception."""


class Graph:
    """The points of one body by their numbers, the edges between them, and what belongs to single points."""

    __slots__ = (
        "_places",
        "choices",
        "depths",
        "edges",
        "entering",
        "entry",
        "fall_exit",
        "handlers",
        "holders",
        "in_class",
        "items",
        "kinds",
        "nodes",
        "of",
        "opening",
        "parts",
        "raise_exit",
        "return_exit",
        "sharing",
        "slots",
        "subjects",
        "ways",
    )

    def __init__(self) -> None:
        self.kinds: list[PointKind] = []
        self.nodes: list[Statement | None] = []
        self.depths: list[int] = []
        """How many exceptions are pending or being handled while control is at the point."""
        self.handlers: list[int] = []
        """Where an exception raised at the point goes."""
        self.holders: list[tuple[tuple[int, ast.ExceptHandler], ...]] = []
        """The handlers around the point, each with the place of its exception among the pending ones."""
        self.edges: list[list[Edge]] = []
        self.of: dict[int, list[int]] = {}
        """Points by the identity of their statement, with all copies."""
        self.parts: dict[int, list[ast.AST]] = {}
        """What a point evaluates, where that is not the header of its statement."""
        self.choices: dict[int, list[tuple[int, ast.ExceptHandler]]] = {}
        """The handlers that a point chooses between, each with its own point."""
        self.items: dict[int, ast.withitem] = {}
        """The item of a WITH_EXIT point."""
        self.ways: dict[int, str] = {}
        """Where control goes on after a FINALLY or WITH_EXIT point."""
        self.entering: dict[int, int] = {}
        """The beginning of the only copy of a `finally` block, by the points that lead into it."""
        self.opening: dict[int, int] = {}
        """The FINALLY point that belongs to a FINALLY_END."""
        self.slots: dict[int, int] = {}
        """Which of the pending exceptions a `raise` statement raises again."""
        self.sharing: set[int] = set()
        """Last points of `except*` handlers after which a rest of the group goes on."""
        self.subjects: dict[int, ast.expr] = {}
        """The subject that a case (by identity) is matched against."""
        self.in_class: set[int] = set()
        """The points in bodies of classes, which bind names of the class."""
        self.entry = self.raise_exit = self.return_exit = self.fall_exit = 0
        self._places: dict[int, int] | None = None

    def add(
        self,
        kind: PointKind,
        node: Statement | None,
        depth: int,
        handler: int,
        holders: tuple[tuple[int, ast.ExceptHandler], ...],
    ) -> int:
        """Add a point without edges, and give its number."""
        index = len(self.kinds)
        self.kinds.append(kind)
        self.nodes.append(node)
        self.depths.append(depth)
        self.handlers.append(handler)
        self.holders.append(holders)
        self.edges.append([])
        if node is not None and kind in ASKED:
            self.of.setdefault(id(node), []).append(index)
        return index

    def roots(self, point: int) -> list[ast.AST]:
        """List the topmost nodes that a point evaluates."""
        node = self.nodes[point]
        return self.parts.get(point) or ([] if node is None else header(node))

    def place(self, node: ast.AST) -> int | None:
        """Find a point that evaluates a node, or that stands for it."""
        own = self.of.get(id(node))
        if own:
            return own[0]
        if self._places is None:
            places: dict[int, int] = {}
            for point, kind in enumerate(self.kinds):
                if kind in _EVALUATING and self.nodes[point] is not None:
                    for part in everything(self.roots(point)):
                        places.setdefault(id(part), point)
            self._places = places
        return self._places.get(id(node))

    def completes(self, point: int, edge: EdgeKind) -> bool:
        """Answer whether what a point binds is bound when control leaves it by an edge."""
        if edge is EdgeKind.FALSE:
            # A loop that is over and a pattern that did not match have bound nothing.
            return self.kinds[point] not in (PointKind.ITERATION, PointKind.CASE)
        return edge is not EdgeKind.RAISE
