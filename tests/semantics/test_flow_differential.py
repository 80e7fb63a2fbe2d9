"""The graph against Python: generated functions are run with forced exceptions, and compared in both ways.

Each trace that really happens must be a path of the graph, and each edge that the graph offers must be taken
by some forced run. The edges are those of the paths with all that they know (the classes of exceptions, the
truth of tests), so a path that cannot happen shows up as an edge that no run takes.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import contextlib
import random
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flake8_auditrules.semantics.flow import (
    EdgeKind,
    Flow,
    PointKind,
    Raised,
    Raising,
    State,
    dotted,
    layout,
    states,
)
from flake8_auditrules.semantics.flow.evaluation import header

Choose = Callable[[int], int]
Event = tuple[str, object]
Edge = tuple[int, int, EdgeKind]

Factory = Callable[[], BaseException]

RAISED: list[Factory] = [ValueError, KeyError, FileNotFoundError, RuntimeError]
GROUP: Any = getattr(builtins, "ExceptionGroup", None)
if GROUP is not None:
    # `except*` handlers share these; of the second, a rest stays whatever the handlers are.
    RAISED += [
        lambda: GROUP("two", [ValueError(), KeyError()]),
        lambda: GROUP("four", [ValueError(), KeyError(), FileNotFoundError(), RuntimeError()]),
    ]
HANDLERS = [
    "except ValueError:",
    "except LookupError:",
    "except (OSError, KeyError):",
    "except Exception:",
    "except ValueError as error:",
    "except asyncio.CancelledError:",
    "except GeneratorExit:",
    "except BaseException:",
    "except:",
]
FLAGS = ["first", "second"]
ORACLES = {"mark", "test", "value", "items", "manager", "pause", "aitems", "amanager"}


def qualname(expression: ast.expr) -> str | None:
    name = dotted(expression)
    if name is None or name in ORACLES or name in FLAGS:
        return None
    return f"builtins.{name}" if hasattr(builtins, name) else name


def harmless(call: ast.Call) -> bool:
    return not (isinstance(call.func, ast.Name) and call.func.id in ORACLES)


class Writer:
    """Write a function: every statement that the oracle can see carries a label of its own."""

    def __init__(self, choose: Choose, kind: str) -> None:
        self.choose = choose
        self.kind = kind
        self.lines: list[str] = []
        self.label = 0
        self.room = 9

    def source(self) -> str:
        head = "async def" if self.kind == "async" else "def"
        self.write(0, f"{head} function():")
        self.write(1, "first = second = None")
        if self.kind == "generator":
            self.write(1, f"yield {self.next()}")
        self.block(1, loop=False, handler=False, final=False)
        return "\n".join(self.lines) + "\n"

    def write(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def next(self) -> str:
        self.label += 1
        return str(self.label)

    def block(self, depth: int, *, loop: bool, handler: bool, final: bool) -> None:
        for _ in range(1 + self.choose(3)):
            self.statement(depth, loop=loop, handler=handler, final=final)

    def mark(self) -> str:
        if self.kind == "async" and self.choose(2):
            return f"await pause({self.next()})"
        return f"mark({self.next()})"

    def statement(self, depth: int, *, loop: bool, handler: bool, final: bool) -> None:
        self.room -= 1
        if self.room < 0 or depth > 4:
            self.write(depth, self.mark())
            return
        inner = {"loop": loop, "handler": handler, "final": final}
        pick = self.choose(20)
        if pick <= 3:
            if self.kind == "generator" and self.choose(2):
                self.write(depth, f"yield {self.next()}")
            else:
                self.write(depth, self.mark())
        elif pick == 4:
            name = FLAGS[self.choose(2)]
            self.write(depth, f"{name} = {['None', 'True', 'False', f'value({self.next()})'][self.choose(4)]}")
        elif pick in (5, 6):
            self.write(depth, f"if {self.condition()}:")
            self.block(depth + 1, **inner)
            if self.choose(2):
                self.write(depth, f"elif {self.condition()}:")
                self.block(depth + 1, **inner)
            if self.choose(2):
                self.write(depth, "else:")
                self.block(depth + 1, **inner)
        elif pick == 7:
            self.write(depth, f"while {['True', f'test({self.next()})'][self.choose(2)]}:")
            self.write(depth + 1, self.mark())
            self.block(depth + 1, loop=True, handler=handler, final=final)
            if self.choose(2):
                self.write(depth, "else:")
                self.block(depth + 1, **inner)
        elif pick == 8:
            if self.kind == "async" and self.choose(2):
                self.write(depth, f"async for item in aitems({self.next()}):")
            else:
                iterable = ["(1, 2)", f"items({self.next()})", "range(2)"][self.choose(3)]
                self.write(depth, f"for item in {iterable}:")
            self.block(depth + 1, loop=True, handler=handler, final=final)
            if self.choose(2):
                self.write(depth, "else:")
                self.block(depth + 1, **inner)
        elif pick in (9, 10):
            if self.choose(3) == 0:
                self.write(
                    depth, f"with contextlib.suppress({['ValueError', 'LookupError, OSError'][self.choose(2)]}):"
                )
            elif self.kind == "async" and self.choose(2):
                self.write(depth, f"async with amanager({self.next()}):")
            else:
                more = f", manager({self.next()})" if self.choose(2) else ""
                self.write(depth, f"with manager({self.next()}){more}:")
            self.block(depth + 1, **inner)
        elif pick <= 14:
            self.attempt(depth, **inner)
        elif pick == 15 and loop:
            self.write(depth, ["break", "continue"][self.choose(2)])
        elif pick == 16:
            self.write(depth, "return" if self.kind == "generator" or self.choose(2) else f"return {self.mark()}")
        elif pick == 17:
            if handler and self.choose(2):
                self.write(depth, "raise")
            else:
                self.write(depth, f"raise {['ValueError', 'KeyError(1)', 'FileNotFoundError(2)'][self.choose(3)]}")
        elif pick == 18:
            self.write(depth, f"assert {self.condition()}")
        elif pick == 19:
            self.write(depth, f"match {['first', 'second'][self.choose(2)]}:")
            for pattern in [["None", "True"], ["False", f"_ if test({self.next()})"], ["True | None", "_"]][
                self.choose(3)
            ]:
                self.write(depth + 1, f"case {pattern}:")
                self.block(depth + 2, **inner)
        else:
            self.write(depth, self.mark())

    def condition(self) -> str:
        name = FLAGS[self.choose(2)]
        other = FLAGS[self.choose(2)]
        return [
            f"test({self.next()})",
            name,
            f"not {name}",
            f"{name} is None",
            f"{name} is not None",
            f"{name} and {other} is None",
            f"{name} or not {other}",
            f"{name} == True",
        ][self.choose(8)]

    def attempt(self, depth: int, *, loop: bool, handler: bool, final: bool) -> None:
        self.write(depth, "try:")
        self.block(depth + 1, loop=loop, handler=handler, final=final)
        star = sys.version_info >= (3, 11) and self.choose(6) == 0
        count = self.choose(3)
        heads: list[str] = []
        if star and count:
            heads = ["except* ValueError:", "except* LookupError:", "except* OSError:"][:count]
        elif count:
            heads = [HANDLERS[index] for index in sorted({self.choose(len(HANDLERS)) for _ in range(count)})]
            if "except BaseException:" in heads and "except:" in heads:
                heads.remove("except:")
        for head in heads:
            self.write(depth, head)
            # Jumps out of except* are a syntax error.
            if star:
                self.write(depth + 1, f"mark({self.next()})")
            else:
                self.block(depth + 1, loop=loop, handler=True, final=final)
        if heads and self.choose(2):
            self.write(depth, "else:")
            self.block(depth + 1, loop=loop, handler=handler, final=final)
        if not heads or self.choose(2):
            self.write(depth, "finally:")
            # `raise` alone would raise what is pending only on some ways.
            self.block(depth + 1, loop=False, handler=False, final=True)


class Stuck(BaseException):
    """The run is too long."""


class Oracle:
    """Decide what each labelled place does, and write down what it did."""

    def __init__(self, choose: Choose, rate: int) -> None:
        self.choose = choose
        self.rate = rate
        self.trace: list[Event] = []

    def happens(self, label: str, *, cancel: bool = False, quiet: bool = False) -> None:
        if len(self.trace) > 40:
            raise Stuck
        kinds = [*RAISED, asyncio.CancelledError] if cancel else RAISED
        if not quiet and self.choose(self.rate) == 0:
            error = kinds[self.choose(len(kinds))]()
            self.trace.append((label, error))
            raise error
        self.trace.append((label, None))

    def mark(self, label: int) -> int:
        self.happens(str(label))
        return label

    def test(self, label: int) -> bool:
        self.happens(str(label))
        answer = self.choose(2) == 1
        self.trace[-1] = (str(label), answer)
        return answer

    def value(self, label: int) -> bool | None:
        self.happens(str(label))
        return (None, True, False)[self.choose(3)]

    def items(self, label: int) -> list[int]:
        self.happens(str(label))
        return [1] * self.choose(3)

    async def pause(self, label: int) -> int:
        self.happens(str(label), cancel=True)
        return label

    def aitems(self, label: int) -> AsyncIterator[int]:
        self.happens(str(label))
        oracle = self

        class Items:
            left = oracle.choose(3)

            def __aiter__(self) -> Items:
                return self

            async def __anext__(self) -> int:
                oracle.happens(f"{label}.next", cancel=True)
                if not self.left:
                    oracle.trace[-1] = (f"{label}.next", False)
                    raise StopAsyncIteration
                self.left -= 1
                oracle.trace[-1] = (f"{label}.next", True)
                return 1

        return Items()

    def manager(self, label: int) -> Any:
        oracle = self

        class Manager:
            def __enter__(self) -> None:
                oracle.happens(str(label))

            def __exit__(self, *_: object) -> None:
                oracle.happens(f"{label}.exit", quiet=True)

        return Manager()

    def amanager(self, label: int) -> Any:
        oracle = self

        class Manager:
            async def __aenter__(self) -> None:
                oracle.happens(str(label), cancel=True)

            async def __aexit__(self, *_: object) -> None:
                oracle.happens(f"{label}.exit", cancel=True)

        return Manager()


Outcome = BaseException | None


def run(code: Any, kind: str, choose: Choose, rate: int) -> tuple[list[Event], Outcome] | None:
    """Run the function once; None if it was stopped because it went on too long."""
    oracle = Oracle(choose, rate)
    space: dict[str, Any] = {"asyncio": asyncio, "contextlib": contextlib}
    for name in ORACLES:
        space[name] = getattr(oracle, name)
    exec(code, space)
    outcome: Outcome = None
    try:
        started = space["function"]()
        if kind == "async":
            with contextlib.suppress(StopIteration):
                started.send(None)
        elif kind == "generator":
            drive(started, oracle)
    except Stuck:
        return None
    except BaseException as error:
        outcome = error
    # A handler for all may have swallowed the stop.
    return None if len(oracle.trace) > 40 else (oracle.trace, outcome)


def drive(generator: Any, oracle: Oracle) -> None:
    with contextlib.suppress(StopIteration):
        label = next(generator)
        while True:
            if len(oracle.trace) > 40:
                raise Stuck
            if oracle.choose(oracle.rate) == 0:
                error = [*RAISED, GeneratorExit][oracle.choose(len(RAISED) + 1)]()
                oracle.trace.append((str(label), error))
                label = generator.throw(error)
            else:
                oracle.trace.append((str(label), None))
                label = next(generator)


def labels_of(flow: Flow) -> dict[int, str]:
    """Give the labels of the points that the oracle sees, by point."""
    found: dict[int, str] = {}
    graph = flow._graph
    for point in flow.points:
        if point.node is None:
            continue
        if point.kind is PointKind.WITH_EXIT:
            label = label_in([graph.items[point.number].context_expr])
            if label is not None:
                found[point.number] = f"{label}.exit"
        elif point.kind is PointKind.ITERATION:
            if isinstance(point.node, ast.AsyncFor):
                found[point.number] = f"{label_in([point.node.iter])}.next"
        elif point.kind in (PointKind.STATEMENT, PointKind.HEADER, PointKind.ITEM, PointKind.CASE):
            parts = graph.parts.get(point.number) or header(point.node)
            label = label_in(parts)
            if label is not None:
                found[point.number] = label
    return found


def label_in(parts: list[Any]) -> str | None:
    for part in parts:
        for node in ast.walk(part):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ORACLES:
                assert isinstance(node.args[0], ast.Constant)
                return str(node.args[0].value)
            if isinstance(node, ast.Yield):
                assert isinstance(node.value, ast.Constant)
                return str(node.value.value)
    return None


def fits(state: State, error: BaseException) -> bool:
    """Answer whether what the graph knows of the pending exception is true of the real one."""
    raised = state[1][-1]
    if raised.name == "asyncio.CancelledError":
        return type(error) is asyncio.CancelledError
    expected = getattr(builtins, raised.name.removeprefix("builtins."))
    return type(error) is expected if raised.exact else isinstance(error, expected)


def accepts(flow: Flow, trace: list[Event], outcome: Outcome) -> tuple[set[Edge] | None, int]:
    """Give the edges of all paths that fit the trace (None if there is no such path), and how far one goes."""
    labels = labels_of(flow)
    tests = {
        point.number
        for point in flow.points
        if point.kind in (PointKind.HEADER, PointKind.CASE, PointKind.ITERATION)
    }
    came: dict[tuple[int, State], set[tuple[tuple[int, State], EdgeKind]]] = {}
    begin = (0, flow.initial())
    came[begin] = set()
    waiting = [begin]
    final: list[tuple[int, State]] = []
    farthest = 0
    while waiting:
        here = waiting.pop()
        position, state = here
        farthest = max(farthest, position)
        kind = flow.points[state[0]].kind
        if kind >= PointKind.RETURN:
            if position == len(trace) and (
                (outcome is None and kind is not PointKind.RAISE)
                or (outcome is not None and kind is PointKind.RAISE and fits(state, outcome))
            ):
                final.append(here)
            continue
        label = labels.get(state[0])
        action: object = None
        seen = False
        if label is not None:
            if position < len(trace) and trace[position][0] == label:
                action, seen = trace[position][1], True
                position += 1
            elif not optional(flow, state[0]):
                continue
        for following, edge in flow.steps(state, raising=Raising.CALLS):
            if seen and isinstance(action, BaseException):
                if edge is not EdgeKind.RAISE or not fits(following, action):
                    continue
            elif edge is EdgeKind.RAISE and not raises_itself(flow, state[0], seen, action):
                continue
            elif seen and isinstance(action, bool) and state[0] in tests:
                if edge is (EdgeKind.FALSE if action else EdgeKind.TRUE):
                    continue
            there = (position, following)
            if there not in came:
                came[there] = set()
                waiting.append(there)
            came[there].add((here, edge))
    if not final:
        return None, farthest
    edges: set[Edge] = set()
    done = set(final)
    while final:
        there = final.pop()
        for here, edge in came[there]:
            edges.add((here[1][0], there[1][0], edge))
            if here not in done:
                done.add(here)
                final.append(here)
    return edges, farthest


def optional(flow: Flow, point: int) -> bool:
    """Answer whether a point may be passed without its oracle being asked: a guard after a failed pattern."""
    return flow.points[point].kind is PointKind.CASE


def raises_itself(flow: Flow, point: int, seen: bool, action: object) -> bool:
    node = flow.points[point].node
    return isinstance(node, ast.Raise) or (isinstance(node, ast.Assert) and (not seen or action is False))


def offered(flow: Flow) -> set[Edge]:
    """Collect the edges on all paths that the graph offers."""
    begin = flow.initial()
    seen = {begin}
    waiting = [begin]
    edges: set[Edge] = set()
    while waiting:
        state = waiting.pop()
        for following, edge in flow.steps(state, raising=Raising.CALLS):
            edges.add((state[0], following[0], edge))
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return edges


def build(choose: Choose, kind: str) -> tuple[str, Flow, Any]:
    source = Writer(choose, kind).source()
    tree = ast.parse(source)
    function = tree.body[0]
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
    flow = Flow(function, qualname, harmless)
    return source, flow, compile(tree, "generated", "exec")


def check_runs(source: str, flow: Flow, code: Any, kind: str, chance: random.Random, runs: int) -> set[Edge]:
    """Run a function in many ways; half of them begin as an earlier run that went somewhere new."""
    taken: set[Edge] = set()
    good: list[list[int]] = []
    for number in range(runs):
        earlier = chance.choice(good) if good and number % 2 else []
        kept = earlier[: chance.randrange(len(earlier) + 1)]
        made: list[int] = []

        def choose(count: int, kept: list[int] = kept, made: list[int] = made) -> int:
            picked = kept[len(made)] % count if len(made) < len(kept) else chance.randrange(count)
            made.append(picked)
            return picked

        done = run(code, kind, choose, (4, 8, 20)[number % 3])
        if done is None:
            continue
        trace, outcome = done
        edges, farthest = accepts(flow, trace, outcome)
        assert edges is not None, (
            f"no path of the graph is {trace} -> {outcome!r} (fits up to {farthest})\n{source}"
        )
        if edges - taken:
            taken |= edges
            good.append(made)
    return taken


KINDS = ["plain", "async", "generator"]


@settings(
    max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
@given(data=st.data(), kind=st.sampled_from(KINDS), seed=st.integers(0, 1000))
def test_each_real_trace_is_a_path(data: st.DataObject, kind: str, seed: int) -> None:
    source, flow, code = build(lambda count: data.draw(st.integers(0, count - 1)), kind)
    check_runs(source, flow, code, kind, random.Random(seed), 15)


def untaken(kind: str, seed: int) -> tuple[str, Flow, set[Edge], set[Edge]]:
    """Give a function, its graph, all edges that the graph offers, and those that no run took."""
    chance = random.Random(f"{kind} {seed}")
    source, flow, code = build(chance.randrange, kind)
    every = offered(flow)
    left = set(every)
    for _ in range(40):
        left -= check_runs(source, flow, code, kind, chance, 200)
        if not left:
            break
    return source, flow, every, left


@pytest.mark.parametrize("kind", KINDS)
def test_each_edge_is_taken(kind: str) -> None:
    total = 0
    kinds: set[PointKind] = set()
    for seed in range(30):
        source, flow, every, left = untaken(kind, seed)
        points = flow.points
        told = [f"{points[start]} -> {points[target]} ({edge.name})" for start, target, edge in left]
        assert not told, "\n".join([*told, source])
        total += len(every)
        kinds |= {points[start].kind for start, _, _ in every}
    assert total > 400
    expected = set(PointKind) - {
        PointKind.CLASS_END,
        PointKind.HANDLER_END,
        PointKind.RETURN,
        PointKind.FALL,
        PointKind.RAISE,
    }
    if sys.version_info < (3, 11) or kind == "generator":
        # Syntax since 3.11, and none of the generators has it.
        expected.discard(PointKind.STAR)
    assert kinds >= expected


@pytest.mark.parametrize(
    "dropped", [EdgeKind.TRUE, EdgeKind.RETURN, EdgeKind.RAISE, EdgeKind.PASS_ON, EdgeKind.CAUGHT]
)
def test_a_missing_edge_is_noticed(monkeypatch: pytest.MonkeyPatch, dropped: EdgeKind) -> None:
    steps = Flow.steps
    monkeypatch.setattr(
        Flow, "steps", lambda *given, **more: [step for step in steps(*given, **more) if step[1] is not dropped]
    )
    with pytest.raises(AssertionError, match="no path of the graph"):
        for seed in range(20):
            untaken("plain", seed)


def test_one_copy_of_a_finally_block_goes_on_as_many_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_FINALS", 0)
    for seed in range(12):
        source, _, _, left = untaken("plain", seed)
        assert not left, source


def test_an_edge_too_many_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def catches(raised: Raised, caught: Sequence[str | None]) -> tuple[list[Raised], bool]:
        return [raised], False

    monkeypatch.setattr(states, "catches", catches)
    assert any(untaken("plain", seed)[3] for seed in range(10))


def statements_of(flow: Flow) -> list[ast.stmt]:
    """The statements that have points in the graph, in source order, each once."""
    found = {id(point.node): point.node for point in flow.points if isinstance(point.node, ast.stmt)}
    return sorted(found.values(), key=lambda statement: (statement.lineno, statement.col_offset))


def known(flow: Flow) -> list[set[tuple[str, bool]]]:
    return [
        {(ast.unparse(test), outcome) for test, outcome in flow.known_at(statement)}
        for statement in statements_of(flow)
    ]


@settings(
    max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
@given(data=st.data(), kind=st.sampled_from(KINDS))
def test_what_is_known_does_not_depend_on_earlier_questions(data: st.DataObject, kind: str) -> None:
    _, flow, _ = build(lambda most: data.draw(st.integers(0, most - 1)), kind)
    before = known(Flow(flow.function, qualname, harmless))
    for statement in statements_of(flow):
        flow.leaves_without(statement, lambda reached: False, raising=Raising.ANY, cancellation=True)
    assert known(flow) == before


@settings(
    max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
@given(data=st.data(), kind=st.sampled_from(KINDS), raising=st.sampled_from(list(Raising)))
def test_the_short_search_finds_what_the_long_one_finds(data: st.DataObject, kind: str, raising: Raising) -> None:
    """A search that looks at tests only where a path depends on them gives the same ways out."""
    _, flow, _ = build(lambda most: data.draw(st.integers(0, most - 1)), kind)
    long = Flow(flow.function, qualname, harmless)
    long._search.depends_on_tests = lambda begun, trail: True  # type: ignore[method-assign]
    statements = statements_of(flow)
    stops = {id(one) for one in statements if data.draw(st.integers(0, 3)) == 0}
    for start in [None, *statements]:
        ways = [
            one.leaves_without(start, lambda reached: id(reached) in stops, raising=raising, cancellation=True)
            for one in (flow, long)
        ]
        assert ways[0] == ways[1]
