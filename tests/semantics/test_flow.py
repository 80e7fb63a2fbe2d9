from __future__ import annotations

import ast
import builtins
import sys
import textwrap
import time
from collections.abc import Callable

import pytest

from flake8_auditrules.semantics.flow import ExitKind, Flow, Raising, Statement, dotted, evaluated


def qualname(expression: ast.expr) -> str | None:
    name = dotted(expression)
    if name is None:
        return None
    if name == "IntegrityError":
        return "sqlalchemy.exc.IntegrityError"
    return f"builtins.{name}" if hasattr(builtins, name.partition(".")[0]) else name


class Case:
    """A function written down with a mark (`# start`, ...) on the lines that a test asks about."""

    def __init__(self, source: str) -> None:
        self.source = textwrap.dedent(source)
        tree = ast.parse(self.source)
        function = tree.body[0]
        assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        self.function = function
        self.flow = Flow(function, qualname)
        self.marks = {
            line.partition("# ")[2].strip(): number
            for number, line in enumerate(self.source.splitlines(), 1)
            if "# " in line
        }

    def at(self, mark: str) -> Statement:
        for node in ast.walk(self.function):
            if isinstance(node, (ast.stmt, ast.ExceptHandler)) and node.lineno == self.marks[mark]:
                return node
        raise AssertionError(mark)

    def leaves(
        self,
        stop: str,
        *,
        start: str | None = "start",
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
        within: str | None = None,
        assuming: dict[str, bool] | None = None,
    ) -> str | None:
        """Give `kind mark-or-line` of the exit that is found, or None."""
        found = self.flow.leaves_without(
            None if start is None else self.at(start),
            calls(stop),
            raising=raising,
            cancellation=cancellation,
            within=None if within is None else self.at(within),
            assuming=assuming,
        )
        if found is None:
            return None
        assert found.line == found.node.lineno
        names = {line: mark for mark, line in self.marks.items()}
        return f"{found.kind.value} {names.get(found.line, found.line)}"

    def known(self, text: str) -> set[tuple[str, bool]]:
        """Give what is known where an expression or statement of this text stands (the last such)."""
        place = [node for node in ast.walk(self.function) if matches(node, text)][-1]
        return {(ast.unparse(test), truth) for test, truth in self.flow.known_at(place)}


def matches(node: ast.AST, text: str) -> bool:
    return isinstance(node, (ast.expr, ast.stmt)) and ast.unparse(node) == text


def calls(name: str) -> Callable[[Statement], bool]:
    def stop(statement: Statement) -> bool:
        return any(isinstance(node, ast.Call) and ast.unparse(node.func) == name for node in evaluated(statement))

    return stop


# (what it is, source, stop, expected under EXPLICIT, expected under CALLS)
LEAVES = [
    (
        "straight",
        """
        def f(p):
            h = open(p)  # start
            work()  # work
            h.close()
        """,
        "h.close",
        None,
        "raise work",
    ),
    (
        "a finally is reached on every way",
        """
        def f(p):
            h = open(p)  # start
            try:
                if work():
                    return 1
            finally:
                h.close()
        """,
        "h.close",
        None,
        None,
    ),
    (
        "a return in one branch",
        """
        def f(p):
            h = open(p)  # start
            if p:
                return 1  # early
            h.close()
        """,
        "h.close",
        "return early",
        "return early",
    ),
    (
        "end of the body",
        """
        def f(p):
            h = open(p)  # start
            if p:
                h.close()
        """,
        "h.close",
        "fall 4",
        "fall 4",
    ),
    (
        "a narrow handler does not catch everything",
        """
        def f(s):
            s.begin()  # start
            try:
                work()  # work
            except IntegrityError:
                s.rollback()
            else:
                s.rollback()
        """,
        "s.rollback",
        None,
        "raise work",
    ),
    (
        "a broad handler does",
        """
        def f(s):
            s.begin()  # start
            try:
                work()
            except Exception:
                s.rollback()
            else:
                s.rollback()
        """,
        "s.rollback",
        None,
        None,
    ),
    (
        "a raised class is compared with the handler's",
        """
        def f(s):
            s.begin()  # start
            try:
                raise ValueError
            except IntegrityError:
                pass
            except FileNotFoundError:
                pass
            except (KeyError, ValueError):
                s.rollback()
        """,
        "s.rollback",
        # IntegrityError could be another name of ValueError for all that is known here.
        "fall 7",
        "fall 7",
    ),
    (
        "a subclass is caught by its base",
        """
        def f(s):
            s.begin()  # start
            try:
                raise FileNotFoundError(2)
            except LookupError:
                pass
            except OSError:
                s.rollback()
        """,
        "s.rollback",
        None,
        None,
    ),
    (
        "raise again",
        """
        def f(s):
            s.begin()  # start
            try:
                raise ValueError
            except ValueError as error:
                raise error  # again
            except Exception:
                s.rollback()
        """,
        "s.rollback",
        "raise again",
        "raise again",
    ),
    (
        "sys.exit passes except Exception",
        """
        def f(s):
            s.begin()  # start
            try:
                sys.exit(1)  # exit
            except Exception:
                pass
            s.rollback()
        """,
        "s.rollback",
        "raise exit",
        "raise exit",
    ),
    (
        "os._exit is no way out",
        """
        def f(s):
            s.begin()  # start
            os._exit(1)
        """,
        "s.rollback",
        None,
        # The arguments of the call are evaluated, and it does not raise.
        None,
    ),
    (
        "suppress",
        """
        def f(s):
            s.begin()  # start
            with contextlib.suppress(ValueError):
                raise ValueError
            s.rollback()
        """,
        "s.rollback",
        None,
        "raise 4",
    ),
    (
        "while True has no end",
        """
        def f(s):
            s.begin()  # start
            while True:
                if s:
                    break
            else:
                return
            s.rollback()
        """,
        "s.rollback",
        None,
        None,
    ),
    (
        "the start comes again",
        """
        def f(s):
            while True:
                s.begin()  # start
        """,
        "s.rollback",
        # The statement that control came from.
        "again 3",
        "again 3",
    ),
    (
        "for and else",
        """
        def f(s):
            s.begin()  # start
            for item in s:
                if item:
                    break
            else:
                s.rollback()
        """,
        "s.rollback",
        "fall 6",
        "fall 6",
    ),
    (
        "break through a finally goes where it was going",
        """
        def f(s):
            s.begin()  # start
            while s:
                try:
                    break
                finally:
                    done = 1
                return  # never
            s.rollback()
        """,
        "s.rollback",
        None,
        None,
    ),
    (
        "a return in finally replaces the exception",
        """
        def f(s):
            s.begin()  # start
            try:
                raise ValueError
            finally:
                return  # return
        """,
        "s.rollback",
        "return return",
        "return return",
    ),
    (
        "an irrefutable case",
        """
        def f(s):
            s.begin()  # start
            match s:
                case 1:
                    s.rollback()
                case [x, *rest] if x:
                    s.rollback()
                case _:
                    s.rollback()
        """,
        "s.rollback",
        None,
        None,
    ),
    (
        "no case matches",
        """
        def f(s):
            s.begin()  # start
            match s:  # match
                case 1 | 2:
                    s.rollback()
        """,
        "s.rollback",
        "fall match",
        "fall match",
    ),
    (
        "the raising statement behind a finally",
        """
        def f(s):
            s.begin()  # start
            try:
                raise ValueError  # raise
            finally:
                try:
                    raise KeyError
                except KeyError:
                    pass
        """,
        "s.rollback",
        "raise raise",
        "raise raise",
    ),
    (
        "a lambda runs later",
        """
        def f(s):
            s.begin()  # start
            later = lambda: s.rollback()
            def nested():
                s.rollback()
        """,
        "s.rollback",
        "fall 5",
        "fall 5",
    ),
    (
        "the body of a class runs at once",
        """
        def f(s):
            s.begin()  # start
            class Inner:
                s.rollback()
        """,
        "s.rollback",
        None,
        "raise 4",
    ),
]


@pytest.mark.parametrize(
    ("name", "source", "stop", "explicit", "default"), LEAVES, ids=[case[0] for case in LEAVES]
)
def test_leaves_without(name: str, source: str, stop: str, explicit: str | None, default: str | None) -> None:
    case = Case(source)
    assert case.leaves(stop, raising=Raising.EXPLICIT) == explicit
    assert case.leaves(stop) == default


CORRELATED = [
    """
    def f(lock):
        if lock:
            lock.acquire()  # start
        try:
            work()
        finally:
            if lock:
                lock.release()
    """,
    """
    def f(self):
        if self.lock is not None:
            self.lock.acquire()  # start
        try:
            work()
        finally:
            if self.lock is not None:
                self.lock.release()
    """,
    """
    def f(lock, mode):
        if mode == "w" and lock:
            lock.acquire()  # start
        try:
            work()
        finally:
            if mode == "w":
                if not lock:
                    return
                lock.release()
    """,
    """
    def f(lock, size):
        if size > 3:
            lock.acquire()  # start
        try:
            work()
        finally:
            if size > 3:
                lock.release()
    """,
    """
    def f(lock):
        held = False
        try:
            lock.acquire()  # start
            held = True
        finally:
            if held:
                lock.release()
    """,
    """
    def f(lock):
        lock.acquire()  # start
        ok = False
        try:
            work()
            ok = True
        finally:
            if not ok:
                lock.release()
        lock.release()
    """,
    """
    def f(lock):
        lock.acquire()  # start
        error = None
        try:
            work()
        except Exception as problem:
            error = problem
        if error is not None:
            lock.release()
            raise error
        lock.release()
    """,
    """
    def f(lock, other):
        if lock or other:
            x = 1
        if not lock and not other:
            return
        match other:
            case None:
                lock.acquire()  # start
        work
        match other:
            case 3:
                return
            case None:
                lock.release()
    """,
]


@pytest.mark.parametrize("source", CORRELATED)
def test_infeasible_paths_are_not_reported(source: str) -> None:
    case = Case(source)
    assert case.leaves("self.lock.release" if "self.lock" in source else "lock.release") is None


def test_a_rebound_name_is_another_matter() -> None:
    case = Case(
        """
        def f(lock):
            if lock:
                lock.acquire()  # start
            lock = other()
            if lock:
                lock.release()
        """
    )
    assert case.leaves("lock.release", raising=Raising.NOTHING) == "fall 6"


def test_calls_on_an_object_may_change_its_attributes() -> None:
    source = """
        def f(self):
            if self.lock:
                self.lock.acquire()  # start
            {call}
            if self.lock:
                self.lock.release()
        """
    assert Case(source.format(call="work()")).leaves("self.lock.release", raising=Raising.NOTHING) is None
    assert Case(source.format(call="self.work()")).leaves("self.lock.release", raising=Raising.NOTHING)
    assert Case(source.format(call="work(self)")).leaves("self.lock.release", raising=Raising.NOTHING)


def test_a_nested_function_may_rebind_a_nonlocal_name() -> None:
    source = """
        def f(lock):
            {more}
            held = True
            lock.acquire()  # start
            work()
            if held:
                lock.release()
        """
    assert Case(source.format(more="pass")).leaves("lock.release", raising=Raising.NOTHING) is None
    nested = "def drop(): nonlocal held; held = False"
    assert Case(source.format(more=nested)).leaves("lock.release", raising=Raising.NOTHING) == "fall 7"


def test_assuming() -> None:
    case = Case(
        """
        def f(p):
            h = None
            try:
                h = make(p)  # start
                work()
            finally:
                if h is not None:
                    h.close()
        """
    )
    assert case.leaves("h.close") is not None
    assert case.leaves("h.close", assuming={"h": True}) is None


def test_cancellation() -> None:
    case = Case(
        """
        async def f(lock):
            await lock.acquire()  # start
            try:
                await work()  # work
            except Exception:
                pass
            lock.release()
        """
    )
    assert case.leaves("lock.release") is None
    assert case.leaves("lock.release", cancellation=True) == "cancel work"
    case = Case(
        """
        async def f(lock):
            await lock.acquire()  # start
            try:
                await work()
            except (Exception, asyncio.CancelledError):
                lock.release()
                raise
            lock.release()
        """
    )
    assert case.leaves("lock.release", cancellation=True) is None


@pytest.mark.parametrize("line", ["async for x in y: pass", "async with y: pass", "[x async for x in y]", "yield"])
def test_places_of_cancellation(line: str) -> None:
    case = Case(
        f"""
        async def f(y):
            y.open()  # start
            {line}  # place
            y.close()
        """
    )
    assert case.leaves("y.close", raising=Raising.EXPLICIT) is None
    assert case.leaves("y.close", raising=Raising.EXPLICIT, cancellation=True) == "cancel place"


def test_a_handler_as_start() -> None:
    case = Case(
        """
        def f():
            for item in items:
                try:
                    work()
                except ValueError as error:  # start
                    if item:
                        continue
                    log(error)
        """
    )
    assert case.leaves("log") == "fall 8"
    assert case.leaves("log", within="start") == "leave 8"


def test_a_start_in_a_handler_in_a_finally() -> None:
    case = Case(
        """
        def f(x):
            try:
                work()
            except KeyError:
                raise
            finally:
                try:
                    work()
                except ValueError as error:
                    x.open()  # start
                    if x:
                        raise  # raise
                x.close()
        """
    )
    assert case.leaves("x.close", raising=Raising.EXPLICIT) == "raise raise"
    assert case.leaves("x.close", raising=Raising.EXPLICIT, assuming={"x": False}) is None


def test_within_tells_how_control_leaves() -> None:
    case = Case(
        """
        def f(x):
            try:  # region
                a = x  # start
                if x:
                    return 1  # return
                raise KeyError  # raise
            except ValueError:
                pass
        """
    )
    assert case.leaves("never", within="region", raising=Raising.EXPLICIT, assuming={"x": True}) == "return return"
    assert case.leaves("never", within="region", raising=Raising.EXPLICIT, assuming={"x": False}) == "raise raise"


def test_the_exit_of_a_with_item_can_stop() -> None:
    case = Case(
        """
        def f(p):
            h = open(p)  # start
            with closing(h), other():
                return work()
        """
    )
    start = case.at("start")

    def closes(item: ast.withitem) -> bool:
        return ast.unparse(item.context_expr) == "closing(h)"

    found = case.flow.leaves_without(start, lambda _: False, stop_at_exit=closes)
    assert found is not None and found.kind is ExitKind.RAISE and found.line == 4  # closing() itself
    flow = Flow(case.function, qualname, lambda call: ast.unparse(call.func) == "closing")
    # When other() raises, closing(h) has been entered.
    assert flow.leaves_without(start, lambda _: False, stop_at_exit=closes) is None
    assert flow.leaves_without(start, lambda _: False, stop_at_exit=lambda _: False) is not None
    inside = case.function.body[1]
    assert case.flow.always_reached(inside, lambda _: False, stop_at_exit=closes)


def test_reachable_and_path() -> None:
    case = Case(
        """
        def f(x):
            a()  # start
            if x:
                b()
            c()
            return d()
        """
    )
    flow, start = case.flow, case.at("start")
    assert flow.reachable(start, calls("d"), calls("b"))
    assert not flow.reachable(start, calls("d"), calls("c"))
    assert not flow.reachable(start, calls("a"))
    path = flow.path(None, calls("d"))
    assert path is not None
    assert [ast.unparse(step).splitlines()[0] for step in path] == ["a()", "if x:", "c()", "return d()"]
    assert flow.always_reached(start, calls("d"), raising=Raising.EXPLICIT)
    assert not flow.always_reached(start, calls("d"))


def test_raising_any() -> None:
    case = Case(
        """
        def f(x):
            x.open()  # start
            y = x[0]  # subscript
            x.close()
        """
    )
    assert case.leaves("x.close") is None
    assert case.leaves("x.close", raising=Raising.ANY) == "raise subscript"


def test_harmless_calls() -> None:
    case = Case(
        """
        def f(x):
            x.open()  # start
            y = len(x)
            x.close()
        """
    )
    assert case.leaves("x.close") == "raise 4"
    flow = Flow(case.function, qualname, lambda call: ast.unparse(call.func) == "len")
    assert flow.leaves_without(case.at("start"), calls("x.close")) is None


KNOWN: list[tuple[str, str, set[tuple[str, bool]]]] = [
    ("if n:\n    x / n", "x / n", {("n", True)}),
    ("if not n:\n    return\nx / n", "x / n", {("n", True)}),
    ("assert n > 0, 'no'\nx / n", "x / n", {("n > 0", True)}),
    ("while n:\n    x / n", "x / n", {("n", True)}),
    ("while not n:\n    n = more()\nx / n", "x / n", {("n", True)}),
    ("while not n:\n    if x: break\nx / n", "x / n", set()),
    ("if n == 0 or y:\n    raise ValueError\nx / n", "x / n", {("n == 0", False), ("y", False)}),
    ("if n and y:\n    x / n", "x / n", {("n", True), ("y", True)}),
    ("if n or y:\n    x / n", "x / n", {("n or y", True)}),
    ("z = x / n if n else 0", "x / n", {("n", True)}),
    ("z = 0 if not n else x / n", "x / n", {("n", True)}),
    ("z = n and x / n", "x / n", {("n", True)}),
    ("z = n == 0 or x / n", "x / n", {("n == 0", False)}),
    ("z = [x / n for n in y if n]", "x / n", {("n", True)}),
    ("if n:\n    z = [x / n for n in y]", "x / n", set()),
    ("if n:\n    z = lambda: x / n", "x / n", set()),
    ("z = lambda: x / n if n else 0", "x / n", {("n", True)}),
    ("if n:\n    n = other()\n    x / n", "x / n", set()),
    ("if n:\n    n -= 1\n    x / n", "x / n", set()),
    ("if n:\n    n.pop()\n    x / len(n)", "x / len(n)", set()),
    ("if n.a:\n    n.b = 1\n    x / n.a", "x / n.a", {("n.a", True)}),
    ("if n.a:\n    n.a = other()\n    x / n.a", "x / n.a", set()),
    ("if n.a:\n    n.update()\n    x / n.a", "x / n.a", set()),
    ("if (n := len(x)) > 1:\n    x / n", "x / n", {("(n := len(x)) > 1", True)}),
    ("if (n := len(x)):\n    x / n", "x / n", {("(n := len(x))", True)}),
    ("if not n:\n    sys.exit(1)\nx / n", "x / n", {("n", True)}),
    ("for i in y:\n    if not n:\n        continue\n    x / n", "x / n", {("n", True)}),
    ("try:\n    if n == 0:\n        return\nfinally:\n    done()\nx / n", "x / n", {("n == 0", False)}),
    ("match y:\n    case 1 if n:\n        x / n", "x / n", {("n", True)}),
    ("if y:\n    if not n: return\nelse:\n    assert n\nx / n", "x / n", {("n", True)}),
]


@pytest.mark.parametrize(("body", "place", "expected"), KNOWN, ids=[case[0] for case in KNOWN])
def test_known_at(body: str, place: str, expected: set[tuple[str, bool]]) -> None:
    source = "def f(n, x, y):\n" + textwrap.indent(body, "    ")
    assert Case(source).known(place) == expected


def test_bindings() -> None:
    case = Case(
        """
        def f(a):
            if a:
                b = 1
            try:
                c = make()
            except ValueError as d:
                c = 2
            for e in a:
                pass
            import g.h
            b  # end
        """
    )
    end = case.at("end")
    flow = case.flow

    def lines(name: str) -> list[int]:
        return [site.lineno for site in flow.definitions_reaching(name, end)]  # type: ignore[attr-defined]

    assert lines("a") == [2] and not flow.may_be_unbound("a", end)
    assert lines("b") == [4] and flow.may_be_unbound("b", end)
    assert lines("c") == [6, 8] and not flow.may_be_unbound("c", end)
    assert lines("d") == [] and flow.may_be_unbound("d", end)
    assert lines("e") == [9] and flow.may_be_unbound("e", end)
    assert lines("g") == [11] and not flow.may_be_unbound("g", end)
    assert [flow.definitely_bound(name, end) for name in "abceg"] == [True, False, True, False, True]


def test_bound_where_it_matters() -> None:
    case = Case(
        """
        def f(a):
            if a:
                b = 1
            work()
            if a:
                b  # end
        """
    )
    assert case.flow.definitely_bound("b", case.at("end"))
    assert case.flow.may_be_unbound("b", case.at("end"))


def test_evaluated_takes_headers_only() -> None:
    tree = ast.parse("with a(b) as c:\n    d()\n")
    names = [node.id for node in evaluated(tree.body[0]) if isinstance(node, ast.Name)]
    assert names == ["a", "b", "c"]
    tree = ast.parse("x = [lambda y=p: q, r]")
    names = [node.id for node in evaluated(tree.body[0]) if isinstance(node, ast.Name)]
    assert names == ["x", "p", "r"]


def test_a_module_has_a_flow() -> None:
    tree = ast.parse("h = open(p)\nwork()\nh.close()\n")
    found = Flow(tree, qualname).leaves_without(tree.body[0], calls("h.close"))
    assert found is not None and (found.kind, found.line) == (ExitKind.RAISE, 2)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="except* is syntax since Python 3.11")
def test_except_star() -> None:
    case = Case(
        """
        def f(s):
            s.begin()  # start
            try:
                work()  # work
            except* ValueError:
                s.rollback()
            except* Exception:
                s.rollback()
            else:
                s.rollback()
        """
    )
    assert case.leaves("s.rollback") is None


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n y = 1\n return " + " + ".join(["x"] * 800),
        "def f(x):\n y = 1\n if " + " or ".join(f"x{i}" for i in range(800)) + ": work()\n x",
        "def f(x):\n y = 1\n" + "".join(f" a{i} = g({i})\n if a{i}: x = h()\n" for i in range(1500)) + " x",
        "def f(x):\n y = 1\n if x == -1: pass\n" + "".join(f" elif x == {i}: h()\n" for i in range(700)) + " x",
        "def f(x):\n y = 1\n" + "".join(f" if c{i}: h()\n" for i in range(40)) * 2 + " x",
        "def f(x):\n y = 1\n"
        + "".join(f"{' ' * i}try:\n{' ' * i} g()\n{' ' * i}finally:\n" for i in range(1, 30))
        + " " * 30
        + "x",
    ],
    ids=["plus", "or", "long", "elif", "flags", "nested finally"],
)
def test_large_functions_stay_cheap(source: str) -> None:
    tree = ast.parse(source)
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    began = time.perf_counter()
    flow = Flow(function, qualname)
    flow.leaves_without(function.body[0], lambda _: False, raising=Raising.EXPLICIT)
    flow.known_at(function.body[-1])
    flow.definitions_reaching("y", function.body[-1])
    assert time.perf_counter() - began < 10


def test_a_way_out_tells_what_raised_first() -> None:
    case = Case(
        """
        def send(jobs):
            server = connect()  # start
            try:
                server.send(jobs)  # raises
                close(server)
            except Exception:
                log()
            report(jobs)  # leaves
        """
    )
    found = case.flow.leaves_without(case.at("start"), calls("close"), raising=Raising.CALLS)
    assert found is not None
    assert found.origin == case.marks["raises"]
    assert found.line > found.origin
