"""The layout of a graph: one pass over the statements of a body that makes its points and edges.

Statement nesting is the only recursion; `elif` chains are loops. A jump is led through every `finally` block
and `with` item on its way, and each of these gets a copy for each way on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from flake8_auditrules.knowledge.control_flow import ENDLESS
from flake8_auditrules.semantics.flow.evaluation import TRY_STAR, Statement, is_irrefutable
from flake8_auditrules.semantics.flow.exceptions import Qualname, swallowed
from flake8_auditrules.semantics.flow.graph import (
    BREAK,
    CONTINUE,
    NORMAL,
    RAISE,
    RETURN,
    EdgeKind,
    Graph,
    Guard,
    PointKind,
)

_Open = tuple[int, EdgeKind, "Guard | None"]
"""An end that no point follows yet: where it comes from, why control goes on from there, and what guards it."""

# What most bodies consist of: statements after which the next one follows.
_GOING_ON = frozenset({ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.FunctionDef, ast.AsyncFunctionDef})

# How deep `finally` blocks nest in `finally` blocks before one copy has to do for all ways: n deep, each way
# having its own, there are 2 ** n copies.
_FINALS = 3


def lay_out(body: Sequence[ast.stmt], qualname: Qualname) -> Graph:
    """Give the graph of a body; `qualname` names the calls that swallow exceptions or never end."""
    return _Layout(body, qualname).graph


class _Frame:
    """A construct that a jump has to go through or ends at, while the graph is laid out."""

    __slots__ = ("body", "copies", "depth", "exits", "handler", "item", "node", "opened", "shared", "target")

    def __init__(self, node: ast.stmt, target: int | None, handler: int, depth: int) -> None:
        self.node = node
        self.target = target
        self.opened: list[_Open] = []
        self.body: list[ast.stmt] | None = None
        self.item: ast.withitem | None = None
        self.copies: dict[str, int] = {}
        self.shared: int | None = None
        """The beginning of the only copy of a `finally` block, where there are too many for one each way."""
        self.exits: list[int] = []
        self.handler = handler
        self.depth = depth


class _Layout:
    """The making of one graph: the graph so far, and where in the nesting of statements it is."""

    def __init__(self, body: Sequence[ast.stmt], qualname: Qualname) -> None:
        self.graph = Graph()
        self._qualname = qualname
        self._frames: list[_Frame] = []
        self._handler = 0
        self._depth = 0
        self._classes = 0
        self._finals = 0
        self._holders: tuple[tuple[int, ast.ExceptHandler], ...] = ()
        self._caught: list[tuple[str, int]] = []

        graph = self.graph
        graph.raise_exit = self._point(PointKind.RAISE, None, [], depth=1)
        graph.return_exit = self._point(PointKind.RETURN, None, [])
        graph.fall_exit = self._point(PointKind.FALL, None, [])
        graph.entry = self._point(PointKind.ENTRY, None, [])
        self._connect(self._block(body, [(graph.entry, EdgeKind.NEXT, None)]), graph.fall_exit)

    def _point(
        self, kind: PointKind, node: Statement | None, opened: Sequence[_Open], depth: int | None = None
    ) -> int:
        graph = self.graph
        index = graph.add(kind, node, self._depth if depth is None else depth, self._handler, self._holders)
        if self._classes:
            graph.in_class.add(index)
        edges = graph.edges
        for source, edge, guard in opened:
            edges[source].append((index, edge, guard))
        return index

    def _connect(self, opened: Iterable[_Open], target: int) -> None:
        edges = self.graph.edges
        for source, kind, guard in opened:
            edges[source].append((target, kind, guard))

    def _block(self, statements: Sequence[ast.stmt], opened: list[_Open]) -> list[_Open]:
        """Lay out statements after the open ends `opened`; give the open ends after them."""
        for statement in statements:
            opened = self._statement(statement, opened)
        return opened

    def _statement(self, node: ast.stmt, opened: list[_Open]) -> list[_Open]:
        if node.__class__ in _GOING_ON:
            return [(self._point(PointKind.STATEMENT, node, opened), EdgeKind.NEXT, None)]
        if isinstance(node, ast.If):
            return self._if(node, opened)
        if isinstance(node, ast.While):
            return self._while(node, opened)
        if isinstance(node, (ast.For, ast.AsyncFor)):
            return self._for(node, opened)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            return self._with(node, opened)
        if isinstance(node, ast.Try):
            return self._try(node, opened, star=False)
        if isinstance(node, ast.Match):
            return self._match(node, opened)
        if isinstance(node, ast.ClassDef):
            return self._class(node, opened)
        if TRY_STAR is not None and isinstance(node, TRY_STAR):
            # ast.TryStar has the fields of ast.Try.
            return self._try(node, opened, star=True)  # type: ignore[arg-type]
        return self._ending(node, opened)

    def _ending(self, node: ast.stmt, opened: list[_Open]) -> list[_Open]:
        """Lay out a simple statement, after which control may go elsewhere than to the next one."""
        point = self._point(PointKind.STATEMENT, node, opened)
        if isinstance(node, ast.Return):
            self._jump([(point, EdgeKind.RETURN, None)], RETURN)
            return []
        if isinstance(node, ast.Raise):
            self._note_raise(point, node)
            return []
        if isinstance(node, ast.Break):
            self._jump([(point, EdgeKind.JUMP, None)], BREAK)
            return []
        if isinstance(node, ast.Continue):
            self._jump([(point, EdgeKind.JUMP, None)], CONTINUE)
            return []
        if isinstance(node, ast.Assert):
            return [(point, EdgeKind.NEXT, (node.test, True))]
        return [(point, EdgeKind.NEXT, None)]

    def _note_raise(self, point: int, node: ast.Raise) -> None:
        graph = self.graph
        if node.exc is None:
            if self._depth:
                graph.slots[point] = self._depth - 1
        elif isinstance(node.exc, ast.Name):
            for name, slot in reversed(self._caught):
                if name == node.exc.id:
                    graph.slots[point] = slot
                    break

    def _jump(self, opened: list[_Open], way: str) -> None:
        """Lead open ends to where a return, break or continue goes, through every `finally` on the way."""
        saved = (self._frames, self._handler, self._depth, self._holders)
        for index in range(len(self._frames) - 1, -1, -1):
            frame = saved[0][index]
            if frame.target is not None:
                if way == BREAK:
                    frame.opened.extend(opened)
                    break
                if way == CONTINUE:
                    self._connect(opened, frame.target)
                    break
                continue
            known = frame.copies.get(way)
            if known is not None:
                self._connect(opened, known)
                break
            self._frames = saved[0][:index]
            opened = self._leave(frame, opened, way)
        else:
            self._connect(opened, self.graph.return_exit)
        self._frames, self._handler, self._depth, self._holders = saved

    def _leave(self, frame: _Frame, opened: list[_Open], way: str) -> list[_Open]:
        """Lay out a copy of a `finally` block or of a `with` item's exit; give the open ends after it."""
        graph = self.graph
        self._handler = frame.handler
        self._depth = frame.depth
        self._holders = tuple(holder for holder in self._holders if holder[0] < frame.depth)
        if frame.item is not None:
            point = self._point(PointKind.WITH_EXIT, frame.node, opened)
            graph.items[point] = frame.item
            graph.ways[point] = way
            frame.copies[way] = point
            return [(point, EdgeKind.NEXT, None)]
        assert frame.body is not None
        point = self._point(PointKind.FINALLY, frame.node, opened)
        graph.ways[point] = way
        frame.copies[way] = point
        if frame.shared is not None:
            graph.entering[point] = frame.shared
            graph.edges[point].append((frame.shared, EdgeKind.NEXT, None))
            point = self._point(PointKind.FINALLY, frame.node, [])
            graph.ways[point] = way
            frame.exits.append(point)
            return [(point, EdgeKind.NEXT, None)]
        self._finals += 1
        opened = self._block(frame.body, [(point, EdgeKind.NEXT, None)])
        self._finals -= 1
        return opened

    def _if(self, node: ast.If, opened: list[_Open]) -> list[_Open]:
        ends: list[_Open] = []
        while True:
            point = self._point(PointKind.HEADER, node, opened)
            ends += self._block(node.body, [(point, EdgeKind.TRUE, (node.test, True))])
            opened = [(point, EdgeKind.FALSE, (node.test, False))]
            if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
                node = node.orelse[0]
                continue
            return ends + self._block(node.orelse, opened)

    def _while(self, node: ast.While, opened: list[_Open]) -> list[_Open]:
        point = self._point(PointKind.HEADER, node, opened)
        frame = _Frame(node, point, self._handler, self._depth)
        self._frames = [*self._frames, frame]
        self._connect(self._block(node.body, [(point, EdgeKind.TRUE, (node.test, True))]), point)
        self._frames = self._frames[:-1]
        return self._block(node.orelse, [(point, EdgeKind.FALSE, (node.test, False))]) + frame.opened

    def _for(self, node: ast.For | ast.AsyncFor, opened: list[_Open]) -> list[_Open]:
        graph = self.graph
        header = self._point(PointKind.HEADER, node, opened)
        graph.parts[header] = [node.iter]
        point = self._point(PointKind.ITERATION, node, [])
        graph.parts[point] = [node.target]
        frame = _Frame(node, point, self._handler, self._depth)
        entering: list[_Open] = [(point, EdgeKind.TRUE, None)]
        endless, filled = _iterates(node.iter, self._qualname)
        if filled or endless:
            # The first item is certain, so the loop is not left before it.
            first = self._point(PointKind.ITERATION, node, [(header, EdgeKind.NEXT, None)])
            graph.parts[first] = [node.target]
            entering.append((first, EdgeKind.TRUE, None))
        else:
            self._connect([(header, EdgeKind.NEXT, None)], point)
        self._frames = [*self._frames, frame]
        self._connect(self._block(node.body, entering), point)
        self._frames = self._frames[:-1]
        ends = self._block(node.orelse, [] if endless else [(point, EdgeKind.FALSE, None)])
        return ends + frame.opened

    def _with(self, node: ast.With | ast.AsyncWith, opened: list[_Open]) -> list[_Open]:
        graph = self.graph
        frames: list[_Frame] = []
        raising: list[int] = []
        outer = self._handler
        for number, item in enumerate(node.items):
            point = self._point(PointKind.ITEM if number else PointKind.HEADER, node, opened)
            graph.parts[point] = [item]
            opened = [(point, EdgeKind.NEXT, None)]
            frame = _Frame(node, None, self._handler, self._depth)
            frame.item = item
            frames.append(frame)
            leaving = self._point(PointKind.WITH_EXIT, node, [], depth=self._depth + 1)
            graph.items[leaving] = item
            graph.ways[leaving] = RAISE
            raising.append(leaving)
            self._frames = [*self._frames, frame]
            self._handler = leaving
        opened = self._block(node.body, opened)
        for item, frame, leaving in zip(reversed(node.items), reversed(frames), reversed(raising), strict=True):
            self._frames = self._frames[:-1]
            opened = self._leave(frame, opened, NORMAL)
            if swallowed(item, self._qualname):
                opened = [*opened, (leaving, EdgeKind.CAUGHT, None)]
        self._handler = outer
        return opened

    def _try(self, node: ast.Try, opened: list[_Open], *, star: bool) -> list[_Open]:
        graph = self.graph
        header = self._point(PointKind.HEADER, node, opened)
        outer, depth = self._handler, self._depth
        frame: _Frame | None = None
        onward = outer
        if node.finalbody:
            frame = _Frame(node, None, outer, depth)
            frame.body = node.finalbody
            onward = self._point(PointKind.FINALLY, node, [], depth=depth + 1)
            graph.ways[onward] = RAISE
            if self._finals >= _FINALS:
                frame.shared = onward
            self._frames = [*self._frames, frame]
        self._handler = onward
        dispatch = -1
        if node.handlers:
            kind = PointKind.STAR if star else PointKind.DISPATCH
            dispatch = self._point(kind, node, [], depth=depth + 1)
            self._handler = dispatch
        ends = self._block(node.body, [(header, EdgeKind.NEXT, None)])
        self._handler = onward
        ends = self._block(node.orelse, ends)
        if star:
            ends += self._star_handlers(node, dispatch, depth)
        else:
            choices: list[tuple[int, ast.ExceptHandler]] = []
            for handler in node.handlers:
                point, after = self._handler_body(handler, depth)
                choices.append((point, handler))
                ends += after
            if choices:
                graph.choices[dispatch] = choices
        self._handler, self._depth = onward, depth
        if frame is not None:
            self._frames = self._frames[:-1]
            self._handler, self._depth = outer, depth + 1
            self._finals += 1
            after = self._block(node.finalbody, [(onward, EdgeKind.NEXT, None)])
            self._finals -= 1
            end = self._point(PointKind.FINALLY_END, node, after)
            graph.opening[end] = onward
            self._depth = depth
            ends = self._leave(frame, ends, NORMAL)
            graph.edges[end].extend((target, EdgeKind.NEXT, None) for target in frame.exits)
        self._handler, self._depth = outer, depth
        return ends

    def _handler_body(self, handler: ast.ExceptHandler, depth: int) -> tuple[int, list[_Open]]:
        self._depth = depth + 1
        around = self._holders
        self._holders = (*around, (depth, handler))
        point = self._point(PointKind.HANDLER, handler, [])
        if handler.name is not None:
            self._caught.append((handler.name, depth))
        after = self._block(handler.body, [(point, EdgeKind.NEXT, None)])
        if handler.name is not None:
            self._caught.pop()
            end = self._point(PointKind.HANDLER_END, handler, after)
            after = [(end, EdgeKind.NEXT, None)]
        self._depth = depth
        self._holders = around
        return point, after

    def _star_handlers(self, node: ast.Try, first: int, depth: int) -> list[_Open]:
        """Lay out `except*` handlers: each may get a part of the group, and all of them have their turn.

        An exception out of one of them waits until the others had their turn. So there are two rows of
        choices: one on which all went well so far, one on which an exception waits.
        """
        graph = self.graph
        onward = self._handler
        count = len(node.handlers)
        well = [first] + [self._point(PointKind.STAR, node, [], depth=depth + 1) for _ in range(count - 1)]
        # After the last handler, an exception out of one goes on alone or in a group.
        failed = [self._point(PointKind.STAR, node, [], depth=depth + 1) for _ in range(count)]
        graph.choices[failed[-1]] = []
        ends: list[_Open] = []
        for number, handler in enumerate(node.handlers):
            self._handler = failed[number]
            point, after = self._handler_body(handler, depth)
            graph.choices[well[number]] = [(point, handler)]
            ends += after
            following = onward
            if number + 1 < count:
                following = well[number + 1]
                graph.edges[well[number]].append((following, EdgeKind.PASS_ON, None))
            # The rest of the group goes to the next handlers, or out.
            self._connect([(source, EdgeKind.PASS_ON, guard) for source, _, guard in after], following)
            graph.sharing.update(source for source, _, _ in after)
            if number:
                point, after = self._handler_body(handler, depth)
                graph.choices[failed[number - 1]] = [(point, handler)]
                graph.edges[failed[number - 1]].append((failed[number], EdgeKind.PASS_ON, None))
                self._connect([(source, EdgeKind.PASS_ON, guard) for source, _, guard in after], failed[number])
            self._handler = onward
        return ends

    def _match(self, node: ast.Match, opened: list[_Open]) -> list[_Open]:
        graph = self.graph
        header = self._point(PointKind.HEADER, node, opened)
        opened = [(header, EdgeKind.NEXT, None)]
        ends: list[_Open] = []
        for case in node.cases:
            graph.subjects[id(case)] = node.subject
            point = self._point(PointKind.CASE, node, opened)
            graph.parts[point] = [case.pattern] if case.guard is None else [case.pattern, case.guard]
            ends += self._block(case.body, [(point, EdgeKind.TRUE, (case, True))])
            opened = [] if is_irrefutable(case) else [(point, EdgeKind.FALSE, (case, False))]
        return ends + opened

    def _class(self, node: ast.ClassDef, opened: list[_Open]) -> list[_Open]:
        point = self._point(PointKind.HEADER, node, opened)
        self._classes += 1
        after = self._block(node.body, [(point, EdgeKind.NEXT, None)])
        self._classes -= 1
        end = self._point(PointKind.CLASS_END, node, after)
        return [(end, EdgeKind.NEXT, None)]


def _iterates(iterable: ast.expr, qualname: Qualname) -> tuple[bool, bool]:
    """Answer whether an iterable never ends, and whether it surely has a first item."""
    if isinstance(iterable, (ast.List, ast.Tuple, ast.Set)):
        return False, any(not isinstance(element, ast.Starred) for element in iterable.elts)
    if isinstance(iterable, ast.Constant) and isinstance(iterable.value, (str, bytes)):
        return False, bool(iterable.value)
    if isinstance(iterable, ast.Call) and not iterable.keywords:
        name = qualname(iterable.func)
        if name == "builtins.range":
            bounds: list[int] = []
            for part in iterable.args:
                if isinstance(part, ast.Constant) and isinstance(part.value, int):
                    bounds.append(part.value)
            if len(bounds) == len(iterable.args) and 1 <= len(bounds) <= 2:
                return False, (bounds[0] < bounds[1] if len(bounds) == 2 else bounds[0] > 0)
        if name in ENDLESS and not (name == "itertools.repeat" and len(iterable.args) > 1):
            return True, True
    return False, False
