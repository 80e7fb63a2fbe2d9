"""Control-flow graph of one function or module body, with typed exception edges, and questions over its paths.

The graph has one *point* for each simple statement, compound-statement header, handler header and block
exit of a `with` item, and a few points that stand for no code (the choice between handlers, the ends of
`finally` blocks, the ways out). A `finally` block is laid out once for each way control goes on after it,
so a path through it continues to where it was going.

A path carries, besides the point where it is, the exceptions that are pending or being handled there (so
that `raise`, narrow handlers and `finally` continue with the right class) and what it knows about the names
and attributes that the function tests more than once (so that a path does not take `if lock:` one way and
later the other way).

The tree is never written. Statements are laid out when a Flow is made; expressions are looked into only
where a question passes.
"""

from __future__ import annotations

import ast
import builtins
import enum
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Union

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.names import uncalled
from flake8_auditrules.semantics.walk import children

FunctionNode = Union[ast.FunctionDef, ast.AsyncFunctionDef]
Qualname = Callable[[ast.expr], "str | None"]
Statement = Union[ast.stmt, ast.ExceptHandler]

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


class Raising(enum.IntEnum):
    """Which code a question takes to raise."""

    NOTHING = 0
    """Nothing: a path ends without an exit where a `raise` statement stands."""
    EXPLICIT = 1
    """`raise`, `assert` and calls that never return."""
    CALLS = 2
    """Also calls that are not harmless, awaits, yields, imports and the entering of `with` blocks."""
    ANY = 3
    """Also attribute access, subscripts, operators, iteration, unpacking and the leaving of `with` blocks."""


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


class Raised(NamedTuple):
    """What is known of an exception: the qualified name of its class, and whether subclasses are excluded.

    `partial` tells that an `except*` handler got it, and that a rest of the group may still be pending.
    """

    name: str
    exact: bool
    partial: bool = False


_EXCEPTION = "builtins.Exception"
_BASE_EXCEPTION = "builtins.BaseException"
_CANCELLED = "asyncio.CancelledError"
_EXCEPTION_GROUP = "builtins.ExceptionGroup"
_BASE_EXCEPTION_GROUP = "builtins.BaseExceptionGroup"
_PYTEST_OUTCOME = "pytest.fail.Exception"

UNKNOWN = Raised(_EXCEPTION, False)
CANCELLED = Raised(_CANCELLED, True)
GENERATOR_EXIT = Raised("builtins.GeneratorExit", True)

# What the exception classes of the standard library are called elsewhere.
_SAME_CLASS = {
    "socket.error": "builtins.OSError",
    "os.error": "builtins.OSError",
    "select.error": "builtins.OSError",
    "builtins.IOError": "builtins.OSError",
    "builtins.EnvironmentError": "builtins.OSError",
    "socket.timeout": "builtins.TimeoutError",
    "asyncio.exceptions.CancelledError": _CANCELLED,
    "anyio.get_cancelled_exc_class": _CANCELLED,
    "trio.Cancelled": _CANCELLED,
    "json.decoder.JSONDecodeError": "json.JSONDecodeError",
    "pytest.skip.Exception": _PYTEST_OUTCOME,
}

# Bases of exception classes that no module has to be imported for (docs.python.org, library reference).
_BASES = {
    _CANCELLED: _BASE_EXCEPTION,
    # Built in since Python 3.11.
    _BASE_EXCEPTION_GROUP: _BASE_EXCEPTION,
    _EXCEPTION_GROUP: _EXCEPTION,
    _PYTEST_OUTCOME: _BASE_EXCEPTION,
    "json.JSONDecodeError": "builtins.ValueError",
    "socket.gaierror": "builtins.OSError",
    "socket.herror": "builtins.OSError",
    "ssl.SSLError": "builtins.OSError",
    "ssl.CertificateError": "ssl.SSLError",
    "urllib.error.URLError": "builtins.OSError",
    "urllib.error.HTTPError": "urllib.error.URLError",
    "subprocess.SubprocessError": _EXCEPTION,
    "subprocess.CalledProcessError": "subprocess.SubprocessError",
    "subprocess.TimeoutExpired": "subprocess.SubprocessError",
    "queue.Empty": _EXCEPTION,
    "queue.Full": _EXCEPTION,
    "asyncio.QueueEmpty": _EXCEPTION,
    "asyncio.QueueFull": _EXCEPTION,
    "asyncio.InvalidStateError": _EXCEPTION,
    "asyncio.IncompleteReadError": "builtins.EOFError",
    "configparser.Error": _EXCEPTION,
    "pickle.PickleError": _EXCEPTION,
    "pickle.UnpicklingError": "pickle.PickleError",
    "struct.error": _EXCEPTION,
    "zlib.error": _EXCEPTION,
    "binascii.Error": "builtins.ValueError",
    "decimal.InvalidOperation": "builtins.ArithmeticError",
    "shutil.Error": "builtins.OSError",
    "sqlite3.Error": _EXCEPTION,
    "sqlite3.DatabaseError": "sqlite3.Error",
    "sqlite3.IntegrityError": "sqlite3.DatabaseError",
    "sqlite3.OperationalError": "sqlite3.DatabaseError",
    "sqlite3.ProgrammingError": "sqlite3.DatabaseError",
}

# Calls that never return, and the class they raise; None where the process is gone.
_NEVER_RETURN: dict[str, str | None] = {
    "sys.exit": "builtins.SystemExit",
    "builtins.exit": "builtins.SystemExit",
    "builtins.quit": "builtins.SystemExit",
    "os._exit": None,
    "os.abort": None,
    "pytest.fail": _PYTEST_OUTCOME,
    "pytest.skip": _PYTEST_OUTCOME,
    "pytest.xfail": _PYTEST_OUTCOME,
    "pytest.exit": _PYTEST_OUTCOME,
}

# Context managers that swallow the exception classes given as their first or all positional arguments.
_SWALLOW_ARGUMENTS = {"contextlib.suppress", "pytest.raises", "pytest.RaisesGroup", "trio.testing.RaisesGroup"}
_SWALLOW_METHODS = {"assertRaises", "assertRaisesRegex"}
_SWALLOW_CANCELLATION = {
    "anyio.move_on_after",
    "anyio.CancelScope",
    "trio.move_on_after",
    "trio.move_on_at",
    "trio.CancelScope",
}

# itertools.cycle is not among them: of nothing, it ends at once.
_ENDLESS = {"itertools.count", "itertools.repeat"}

# Methods of the built-in containers after which an empty container may be full, or a full one empty.
_MUTATORS = {
    "add",
    "append",
    "appendleft",
    "clear",
    "difference_update",
    "discard",
    "extend",
    "extendleft",
    "insert",
    "intersection_update",
    "pop",
    "popitem",
    "popleft",
    "remove",
    "setdefault",
    "update",
}

# Built-in functions whose answer depends only on the arguments.
_PURE = {"isinstance", "issubclass", "len", "callable", "hasattr", "bool", "type", "id", "abs", "min", "max"}

# Modules that come with Python on all systems.
_OF_PYTHON = frozenset(sys.stdlib_module_names).difference(
    ("curses", "fcntl", "grp", "msvcrt", "pty", "pwd", "readline", "resource", "sqlite3", "ssl", "syslog"),
    ("termios", "tkinter", "tty", "winreg", "winsound"),
)

_TRY_STAR: type[ast.stmt] | None = getattr(ast, "TryStar", None)
_TYPE_ALIAS: type[ast.stmt] | None = getattr(ast, "TypeAlias", None)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SIMPLE_STATEMENTS = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Raise, ast.Import)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

# How deep `finally` blocks nest in `finally` blocks before one copy has to do for all ways: n deep, each way
# having its own, there are 2 ** n copies.
_FINALS = 3

# Ways on after a `finally` block.
_NORMAL = "normal"
_RETURN = "return"
_BREAK = "break"
_CONTINUE = "continue"
_RAISE = "raise"
_WAYS = frozenset((_NORMAL, _RETURN, _BREAK, _CONTINUE))


def dotted(expression: ast.AST) -> str | None:
    """Give the source text of a name or a chain of attributes of a name (`a.b.c`), or None for all else."""
    names: list[str] = []
    while isinstance(expression, ast.Attribute):
        names.append(expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return None
    names.append(expression.id)
    names.reverse()
    return ".".join(names)


def _header(statement: Statement) -> list[ast.AST]:
    """List the topmost nodes that the point of a statement evaluates."""
    if isinstance(statement, (ast.If, ast.While)):
        return [statement.test]
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        return [statement.iter, statement.target]
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return list(statement.items)
    if isinstance(statement, ast.Match):
        return [statement.subject]
    if isinstance(statement, ast.ExceptHandler):
        return [] if statement.type is None else [statement.type]
    if isinstance(statement, ast.ClassDef):
        return [*statement.decorator_list, *statement.bases, *statement.keywords]
    if isinstance(statement, _FUNCTIONS):
        return [*statement.decorator_list, *_defaults(statement.args)]
    if isinstance(statement, ast.Try) or (_TRY_STAR is not None and isinstance(statement, _TRY_STAR)):
        return []
    return [statement]


def _defaults(arguments: ast.arguments) -> list[ast.AST]:
    return [*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)]


def _descend(roots: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """
    Yield the roots and what is evaluated with them, less the bodies of functions and lambdas.

    Operators and contexts (`ast.Load`) are left out.
    """
    waiting = list(roots)
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        yield node
        kind = node.__class__
        if kind is ast.Name or kind is ast.Constant:
            continue
        if kind is ast.Lambda:
            below = _defaults(node.args)  # type: ignore[attr-defined]
        elif kind is _TYPE_ALIAS:
            # The value of `type X = ...` is evaluated when it is asked for.
            continue
        else:
            below = children(node)
        if below:
            below.reverse()
            waiting.extend(below)


def evaluated(statement: Statement) -> Iterator[ast.AST]:
    """Yield the nodes that one point of the graph itself evaluates, in source order.

    A simple statement comes whole, itself first. Of a compound statement only its header comes: the test,
    the iterable and target, the `with` items, the subject, decorators, defaults and bases. The bodies of
    nested functions and lambdas never come; the body of a class has points of its own.
    """
    return _descend(_header(statement))


# ---------------------------------------------------------------------------------------------------------
# Exception classes
# ---------------------------------------------------------------------------------------------------------


def _canonical(name: str) -> str:
    if "." not in name:
        name = f"builtins.{name}"
    if name.startswith("builtins."):
        # IOError and EnvironmentError are OSError.
        found = getattr(builtins, name[len("builtins.") :], None)
        if isinstance(found, type) and issubclass(found, BaseException):
            return f"builtins.{found.__name__}"
    return _SAME_CLASS.get(name, name)


_ancestors_known: dict[str, frozenset[str] | None] = {}


def _ancestors(name: str) -> frozenset[str] | None:
    """Give the canonical names of a class and its ancestors, or None if its ancestry is unknown."""
    if name in _ancestors_known:
        return _ancestors_known[name]
    result: frozenset[str] | None = None
    if name.startswith("builtins."):
        found = getattr(builtins, name[len("builtins.") :], None)
        if isinstance(found, type) and issubclass(found, BaseException):
            result = frozenset(f"builtins.{base.__name__}" for base in found.__mro__)
    if result is None and name in _BASES:
        above = _ancestors(_BASES[name])
        result = None if above is None else above | {name}
    if len(_ancestors_known) < 4096:
        _ancestors_known[name] = result
    return result


def _outside_exception(name: str) -> bool:
    """Answer whether a class is known to be no Exception, such as CancelledError."""
    above = _ancestors(name)
    return above is not None and _EXCEPTION not in above and name != _BASE_EXCEPTION


def _below(name: str | None, classes: set[str]) -> bool:
    """Answer whether a class is one of these or a subclass of one."""
    if name is None:
        return False
    above = _ancestors(name)
    return name in classes or (above is not None and not above.isdisjoint(classes))


def _catches(raised: Raised, caught: Sequence[str | None]) -> tuple[list[Raised], bool]:
    """Answer what a handler for the classes `caught` may get of `raised`, and whether it gets all of it.

    A class that could not be named is None in `caught`.
    """
    above = _ancestors(raised.name)
    # A class of unknown ancestry is taken to be an Exception, as nearly all are.
    outside = _outside_exception(raised.name)
    taken: list[Raised] = []
    for name in caught:
        if name == _BASE_EXCEPTION or name == raised.name:
            return [raised], True
        if name is None:
            taken.append(raised)
            continue
        below = _ancestors(name)
        if above is not None and name in above:
            return [raised], True
        if above is None:
            if name == _EXCEPTION:
                return [raised], True
            if below is None or _EXCEPTION in below:
                taken.append(raised if raised.exact else Raised(name, False))
        elif below is not None:
            if not raised.exact and raised.name in below:
                taken.append(Raised(name, False))
        elif not outside:
            # A class of unknown ancestry may be another name of the exact class, or below the inexact one.
            taken.append(raised if raised.exact else Raised(name, False))
    return taken, False


# ---------------------------------------------------------------------------------------------------------
# What a path knows
# ---------------------------------------------------------------------------------------------------------

# A value is one or more of these.
_NONE = 1
_FALSY = 2
_TRUTHY = 4
_ALL = 7

_Constant = tuple[type, Any]


class _Value(NamedTuple):
    """What is known of a subject: which of None, falsy, truthy it can be; a constant it is; some it is not."""

    mask: int
    equal: _Constant | None
    other: frozenset[_Constant]


_TOP = _Value(_ALL, None, frozenset())


class _Test(enum.IntEnum):
    TRUTH = 0
    NONE = 1
    EQUAL = 2


class _Literal(NamedTuple):
    """An indivisible test: of a subject, its truth, whether it is None, or whether it equals a constant."""

    subject: int
    test: _Test
    constant: _Constant | None


class _Subject(NamedTuple):
    """What tests are about: a dotted name, or (opaque) another expression, with the names it is made of."""

    key: str
    operands: tuple[str, ...]
    opaque: bool
    pure: bool


_Choice = tuple[tuple[_Literal, bool], ...]
_Facts = tuple[tuple[int, _Value], ...]
_Guard = tuple[ast.AST, bool]
_Edge = tuple[int, EdgeKind, "_Guard | None"]
_Open = tuple[int, EdgeKind, "_Guard | None"]
_Stack = tuple[Raised, ...]
State = tuple[int, _Stack, _Facts]


def _of_constant(value: object) -> _Value:
    if value is None:
        return _Value(_NONE, None, frozenset())
    return _Value(_TRUTHY if value else _FALSY, (type(value), value), frozenset())


def _refine(value: _Value, literal: _Literal, truth: bool) -> _Value | None:
    """Give what is known after a test came out as `truth`, or None if it cannot."""
    mask, equal, other = value
    if literal.test is _Test.TRUTH:
        mask &= _TRUTHY if truth else _NONE | _FALSY
    elif literal.test is _Test.NONE:
        mask &= _NONE if truth else _FALSY | _TRUTHY
        if truth:
            equal = None
    else:
        constant = literal.constant
        assert constant is not None
        if truth:
            if (equal is not None and equal[1] != constant[1]) or constant in other:
                return None
            mask &= _TRUTHY if constant[1] else _FALSY
            equal = equal or constant
        else:
            if equal == constant:
                return None
            if len(other) < 16:
                other = other | {constant}
    if not mask:
        return None
    if mask == _NONE:
        return _Value(mask, None, frozenset())
    return _Value(mask, equal, other)


class _Assignment(NamedTuple):
    """A dotted name gets a value known in part, or the value of another dotted name."""

    target: str
    value: _Value | None
    source: str | None


class _Effects(NamedTuple):
    """What the evaluation of one point does."""

    calls: bool
    anything: bool
    awaits: bool
    yields: bool
    never_returns: bool
    ends_with: str | None
    bound: frozenset[str]
    bound_chains: frozenset[str]
    mutated: frozenset[str]
    touched: frozenset[str]
    invokes: bool
    binds_last: bool
    assignments: tuple[_Assignment, ...]


_NO_EFFECTS = _Effects(
    False,
    False,
    False,
    False,
    False,
    None,
    frozenset(),
    frozenset(),
    frozenset(),
    frozenset(),
    False,
    True,
    (),
)


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


class _Graph:
    """The points and edges of one body. Statement nesting is the only recursion; `elif` chains are loops."""

    def __init__(self, body: Sequence[ast.stmt], qualname: Qualname) -> None:
        self.qualname = qualname
        self.kinds: list[PointKind] = []
        self.nodes: list[Statement | None] = []
        self.depths: list[int] = []
        """How many exceptions are pending or being handled while control is at the point."""
        self.handlers: list[int] = []
        """Where an exception raised at the point goes."""
        self.holders: list[tuple[tuple[int, ast.ExceptHandler], ...]] = []
        """The handlers around the point, each with the place of its exception among the pending ones."""
        self.edges: list[list[_Edge]] = []
        self.of: dict[int, list[int]] = {}
        """Points by the identity of their statement, with all copies."""
        self.parts: dict[int, list[ast.AST]] = {}
        """What a point evaluates, where that is not the header of its statement."""
        self.choices: dict[int, list[tuple[int, ast.ExceptHandler]]] = {}
        self.items: dict[int, ast.withitem] = {}
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

        self._frames: list[_Frame] = []
        self._handler = 0
        self._depth = 0
        self._classes = 0
        self._finals = 0
        self._holders: tuple[tuple[int, ast.ExceptHandler], ...] = ()
        self._caught: list[tuple[str, int]] = []

        self.raise_exit = self._point(PointKind.RAISE, None, [], depth=1)
        self.return_exit = self._point(PointKind.RETURN, None, [])
        self.fall_exit = self._point(PointKind.FALL, None, [])
        self.entry = self._point(PointKind.ENTRY, None, [])
        self._connect(self._block(body, [(self.entry, EdgeKind.NEXT, None)]), self.fall_exit)

    def _point(
        self, kind: PointKind, node: Statement | None, opened: Sequence[_Open], depth: int | None = None
    ) -> int:
        index = len(self.kinds)
        self.kinds.append(kind)
        self.nodes.append(node)
        self.depths.append(self._depth if depth is None else depth)
        self.handlers.append(self._handler)
        self.holders.append(self._holders)
        self.edges.append([])
        if node is not None and kind in (PointKind.STATEMENT, PointKind.HEADER, PointKind.HANDLER):
            self.of.setdefault(id(node), []).append(index)
        if self._classes:
            self.in_class.add(index)
        self._connect(opened, index)
        return index

    def _connect(self, opened: Iterable[_Open], target: int) -> None:
        for source, kind, guard in opened:
            self.edges[source].append((target, kind, guard))

    def _block(self, statements: Sequence[ast.stmt], opened: list[_Open]) -> list[_Open]:
        """Lay out statements after the open ends `opened`; give the open ends after them."""
        for statement in statements:
            opened = self._statement(statement, opened)
        return opened

    def _statement(self, node: ast.stmt, opened: list[_Open]) -> list[_Open]:
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
        if _TRY_STAR is not None and isinstance(node, _TRY_STAR):
            # ast.TryStar has the fields of ast.Try.
            return self._try(node, opened, star=True)  # type: ignore[arg-type]
        point = self._point(PointKind.STATEMENT, node, opened)
        if isinstance(node, ast.Return):
            self._jump([(point, EdgeKind.RETURN, None)], _RETURN)
            return []
        if isinstance(node, ast.Raise):
            self._note_raise(point, node)
            return []
        if isinstance(node, ast.Break):
            self._jump([(point, EdgeKind.JUMP, None)], _BREAK)
            return []
        if isinstance(node, ast.Continue):
            self._jump([(point, EdgeKind.JUMP, None)], _CONTINUE)
            return []
        if isinstance(node, ast.Assert):
            return [(point, EdgeKind.NEXT, (node.test, True))]
        return [(point, EdgeKind.NEXT, None)]

    def _note_raise(self, point: int, node: ast.Raise) -> None:
        if node.exc is None:
            if self._depth:
                self.slots[point] = self._depth - 1
        elif isinstance(node.exc, ast.Name):
            for name, slot in reversed(self._caught):
                if name == node.exc.id:
                    self.slots[point] = slot
                    break

    def _jump(self, opened: list[_Open], way: str) -> None:
        """Lead open ends to where a return, break or continue goes, through every `finally` on the way."""
        saved = (self._frames, self._handler, self._depth, self._holders)
        for index in range(len(self._frames) - 1, -1, -1):
            frame = saved[0][index]
            if frame.target is not None:
                if way == _BREAK:
                    frame.opened.extend(opened)
                    break
                if way == _CONTINUE:
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
            self._connect(opened, self.return_exit)
        self._frames, self._handler, self._depth, self._holders = saved

    def _leave(self, frame: _Frame, opened: list[_Open], way: str) -> list[_Open]:
        """Lay out a copy of a `finally` block or of a `with` item's exit; give the open ends after it."""
        self._handler = frame.handler
        self._depth = frame.depth
        self._holders = tuple(holder for holder in self._holders if holder[0] < frame.depth)
        if frame.item is not None:
            point = self._point(PointKind.WITH_EXIT, frame.node, opened)
            self.items[point] = frame.item
            self.ways[point] = frame_way = way
            frame.copies[frame_way] = point
            return [(point, EdgeKind.NEXT, None)]
        assert frame.body is not None
        point = self._point(PointKind.FINALLY, frame.node, opened)
        self.ways[point] = way
        frame.copies[way] = point
        if frame.shared is not None:
            self.entering[point] = frame.shared
            self.edges[point].append((frame.shared, EdgeKind.NEXT, None))
            point = self._point(PointKind.FINALLY, frame.node, [])
            self.ways[point] = way
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
        header = self._point(PointKind.HEADER, node, opened)
        self.parts[header] = [node.iter]
        point = self._point(PointKind.ITERATION, node, [])
        self.parts[point] = [node.target]
        frame = _Frame(node, point, self._handler, self._depth)
        entering: list[_Open] = [(point, EdgeKind.TRUE, None)]
        endless, filled = self._iterates(node.iter)
        if filled or endless:
            # The first item is certain, so the loop is not left before it.
            first = self._point(PointKind.ITERATION, node, [(header, EdgeKind.NEXT, None)])
            self.parts[first] = [node.target]
            entering.append((first, EdgeKind.TRUE, None))
        else:
            self._connect([(header, EdgeKind.NEXT, None)], point)
        self._frames = [*self._frames, frame]
        self._connect(self._block(node.body, entering), point)
        self._frames = self._frames[:-1]
        ends = self._block(node.orelse, [] if endless else [(point, EdgeKind.FALSE, None)])
        return ends + frame.opened

    def _iterates(self, iterable: ast.expr) -> tuple[bool, bool]:
        """Answer whether an iterable never ends, and whether it surely has a first item."""
        if isinstance(iterable, (ast.List, ast.Tuple, ast.Set)):
            return False, any(not isinstance(element, ast.Starred) for element in iterable.elts)
        if isinstance(iterable, ast.Constant) and isinstance(iterable.value, (str, bytes)):
            return False, bool(iterable.value)
        if isinstance(iterable, ast.Call) and not iterable.keywords:
            name = self.qualname(iterable.func)
            if name == "builtins.range":
                bounds: list[int] = []
                for part in iterable.args:
                    if isinstance(part, ast.Constant) and isinstance(part.value, int):
                        bounds.append(part.value)
                if len(bounds) == len(iterable.args) and 1 <= len(bounds) <= 2:
                    return False, (bounds[0] < bounds[1] if len(bounds) == 2 else bounds[0] > 0)
            if name in _ENDLESS and not (name == "itertools.repeat" and len(iterable.args) > 1):
                return True, True
        return False, False

    def _with(self, node: ast.With | ast.AsyncWith, opened: list[_Open]) -> list[_Open]:
        frames: list[_Frame] = []
        raising: list[int] = []
        outer = self._handler
        for number, item in enumerate(node.items):
            point = self._point(PointKind.ITEM if number else PointKind.HEADER, node, opened)
            self.parts[point] = [item]
            opened = [(point, EdgeKind.NEXT, None)]
            frame = _Frame(node, None, self._handler, self._depth)
            frame.item = item
            frames.append(frame)
            leaving = self._point(PointKind.WITH_EXIT, node, [], depth=self._depth + 1)
            self.items[leaving] = item
            self.ways[leaving] = _RAISE
            raising.append(leaving)
            self._frames = [*self._frames, frame]
            self._handler = leaving
        opened = self._block(node.body, opened)
        for frame, leaving in zip(reversed(frames), reversed(raising), strict=True):
            self._frames = self._frames[:-1]
            opened = self._leave(frame, opened, _NORMAL)
            if self._may_swallow(frame.item):
                opened = [*opened, (leaving, EdgeKind.CAUGHT, None)]
        self._handler = outer
        return opened

    def _may_swallow(self, item: ast.withitem | None) -> bool:
        return item is not None and bool(self.swallowed(item))

    def swallowed(self, item: ast.withitem) -> list[str | None]:
        """List the exception classes that a `with` item keeps from going on."""
        call = item.context_expr
        if not isinstance(call, ast.Call):
            return []
        name = self.qualname(call.func)
        if name in _SWALLOW_CANCELLATION:
            return [_CANCELLED]
        if name == "contextlib.suppress":
            return [kind for argument in call.args for kind in self.classes(argument)]
        if name in _SWALLOW_ARGUMENTS or (
            isinstance(call.func, ast.Attribute) and call.func.attr in _SWALLOW_METHODS
        ):
            given = call.args[:1] or [word.value for word in call.keywords if word.arg == "expected_exception"]
            return [kind for argument in given for kind in self.classes(argument)]
        return []

    def classes(self, expression: ast.expr | None) -> list[str | None]:
        """List the canonical names of the classes that an `except` expression names; None for the unknown."""
        if expression is None:
            return [_BASE_EXCEPTION]
        found: list[str | None] = []
        waiting = [expression]
        while waiting:
            part = waiting.pop()
            if isinstance(part, (ast.Tuple, ast.List)):
                waiting.extend(reversed(part.elts))
                continue
            if isinstance(part, ast.Starred):
                found.append(None)
                continue
            name = self.qualname(uncalled(part))
            if isinstance(part, ast.Call) and name != "anyio.get_cancelled_exc_class":
                name = None
            found.append(None if name is None else _canonical(name))
        return found

    def _try(self, node: ast.Try, opened: list[_Open], *, star: bool) -> list[_Open]:
        header = self._point(PointKind.HEADER, node, opened)
        outer, depth = self._handler, self._depth
        frame: _Frame | None = None
        onward = outer
        if node.finalbody:
            frame = _Frame(node, None, outer, depth)
            frame.body = node.finalbody
            onward = self._point(PointKind.FINALLY, node, [], depth=depth + 1)
            self.ways[onward] = _RAISE
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
                self.choices[dispatch] = choices
        self._handler, self._depth = onward, depth
        if frame is not None:
            self._frames = self._frames[:-1]
            self._handler, self._depth = outer, depth + 1
            self._finals += 1
            after = self._block(node.finalbody, [(onward, EdgeKind.NEXT, None)])
            self._finals -= 1
            end = self._point(PointKind.FINALLY_END, node, after)
            self.opening[end] = onward
            self._depth = depth
            ends = self._leave(frame, ends, _NORMAL)
            self.edges[end].extend((target, EdgeKind.NEXT, None) for target in frame.exits)
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
        onward = self._handler
        count = len(node.handlers)
        well = [first] + [self._point(PointKind.STAR, node, [], depth=depth + 1) for _ in range(count - 1)]
        # After the last handler, an exception out of one goes on alone or in a group.
        failed = [self._point(PointKind.STAR, node, [], depth=depth + 1) for _ in range(count)]
        self.choices[failed[-1]] = []
        ends: list[_Open] = []
        for number, handler in enumerate(node.handlers):
            self._handler = failed[number]
            point, after = self._handler_body(handler, depth)
            self.choices[well[number]] = [(point, handler)]
            ends += after
            following = onward
            if number + 1 < count:
                following = well[number + 1]
                self.edges[well[number]].append((following, EdgeKind.PASS_ON, None))
            # The rest of the group goes to the next handlers, or out.
            self._connect([(source, EdgeKind.PASS_ON, guard) for source, _, guard in after], following)
            self.sharing.update(source for source, _, _ in after)
            if number:
                point, after = self._handler_body(handler, depth)
                self.choices[failed[number - 1]] = [(point, handler)]
                self.edges[failed[number - 1]].append((failed[number], EdgeKind.PASS_ON, None))
                self._connect([(source, EdgeKind.PASS_ON, guard) for source, _, guard in after], failed[number])
            self._handler = onward
        return ends

    def _match(self, node: ast.Match, opened: list[_Open]) -> list[_Open]:
        header = self._point(PointKind.HEADER, node, opened)
        opened = [(header, EdgeKind.NEXT, None)]
        ends: list[_Open] = []
        for case in node.cases:
            self.subjects[id(case)] = node.subject
            point = self._point(PointKind.CASE, node, opened)
            self.parts[point] = [case.pattern] if case.guard is None else [case.pattern, case.guard]
            ends += self._block(case.body, [(point, EdgeKind.TRUE, (case, True))])
            opened = [] if _irrefutable(case) else [(point, EdgeKind.FALSE, (case, False))]
        return ends + opened

    def _class(self, node: ast.ClassDef, opened: list[_Open]) -> list[_Open]:
        point = self._point(PointKind.HEADER, node, opened)
        self._classes += 1
        after = self._block(node.body, [(point, EdgeKind.NEXT, None)])
        self._classes -= 1
        end = self._point(PointKind.CLASS_END, node, after)
        return [(end, EdgeKind.NEXT, None)]


def _irrefutable(case: ast.match_case) -> bool:
    if case.guard is not None:
        return False
    pattern: ast.pattern = case.pattern
    while True:
        if isinstance(pattern, ast.MatchAs):
            if pattern.pattern is None:
                return True
            pattern = pattern.pattern
        elif isinstance(pattern, ast.MatchOr):
            pattern = pattern.patterns[-1]
        else:
            return False


_Match = Callable[[ast.stmt], bool]
_Exits = Callable[[ast.withitem], bool]


class _Options(NamedTuple):
    raising: Raising
    cancellation: bool
    tracked: bool


class Flow:
    """The control flow of one function or module body, and questions over its paths.

    `qualname` gives an expression's qualified name (builtins as "builtins.NAME") or None. Calls for which
    `harmless` is true are not taken to raise; calls for which `never_returns` is true end the path they
    stand on with an unknown exception, in addition to those known to (`sys.exit`, `os.abort`, ...). Waiting for
    what a harmless call gives may raise none the less, but where `harmless_awaits` says that it does not.

    The path questions share these arguments:

    - `start`: the path begins when this statement has completed normally; at a compound statement, when its
      header has; at an ExceptHandler, when control has entered it; None is the start of the body. All
      copies of a statement in a `finally` block count. What every path from the entry to `start` knows of
      names and attributes is known.
    - `stop`, `goal`, `avoiding`: asked with the statement of each point that control reaches: simple
      statements, compound headers, handlers; use `evaluated` inside. Reaching counts, even if it then raises.
      The start itself is asked only if control comes back to it.
    - `stop_at_exit`: asked with the `with` item whenever control leaves the item's block, in whatever way;
      an answer of true counts as a stop (in `reachable` and `path`: as avoiding). `stop` itself is asked
      with a `with` statement only where it is entered.
    - `raising`, `cancellation`: which code raises; whether CancelledError comes out of awaits and
      GeneratorExit out of yields (at any level of `raising`).
    - `within`: a way out of this statement or handler, with all that is nested in it, is an exit.
    - `assuming`: truths of dotted names at the start (`{"f": True}`).

    A question that visits more than BUDGET states gives up: `leaves_without` and `path` answer None,
    `always_reached` True, `reachable` False, `definitely_bound` True.
    """

    def __init__(
        self,
        function: FunctionNode | ast.Module,
        qualname: Qualname,
        harmless: Callable[[ast.Call], bool] | None = None,
        *,
        never_returns: Callable[[ast.Call], bool] | None = None,
        harmless_awaits: bool = False,
    ) -> None:
        self.function = function
        self._qualname = qualname
        self._harmless = harmless
        self._harmless_awaits = harmless_awaits
        self._never_returns = never_returns
        self._graph = _Graph(function.body, qualname)
        count = len(self._graph.kinds)
        self._effects_known: list[_Effects | None] = [None] * count
        self._effects_of: dict[tuple[int, ...], _Effects] = {}
        self._subjects: list[_Subject] = []
        self._subject_numbers: dict[str, int] = {}
        self._choices_known: dict[tuple[int, bool], tuple[_Choice, ...]] = {}
        self._literals_known: dict[int, tuple[_Literal, bool]] = {}
        self._caught_known: dict[int, list[str | None]] = {}
        self._alive: list[int] | None = None
        self._tracked: int = 0
        self._shared_known: frozenset[str] | None = None
        self._known: _Known | None = None
        self._places: dict[int, int] | None = None

    # ----- the graph -------------------------------------------------------------------------------------

    @property
    def points(self) -> Sequence[Point]:
        """All points of the graph, by number."""
        graph = self._graph
        return [Point(index, kind, graph.nodes[index]) for index, kind in enumerate(graph.kinds)]

    @property
    def entry(self) -> int:
        """The number of the point where control enters the body."""
        return self._graph.entry

    def points_of(self, statement: Statement) -> Sequence[int]:
        """List the points of a statement: more than one inside a `finally` block, none if it is not here."""
        return self._graph.of.get(id(statement), [])

    def successors(self, point: int, *, raising: Raising = Raising.ANY) -> list[tuple[int, EdgeKind]]:
        """List the edges out of a point, whatever is known on the path; cancellation counts."""
        graph = self._graph
        kind = graph.kinds[point]
        found: list[tuple[int, EdgeKind]] = []
        if kind in (PointKind.DISPATCH, PointKind.STAR):
            certain = False
            for target, handler in graph.choices[point]:
                found.append((target, EdgeKind.CAUGHT))
                certain = certain or _BASE_EXCEPTION in self._caught(handler)
            if not certain:
                passed = [(edge[0], edge[1]) for edge in graph.edges[point]]
                found += passed or [(graph.handlers[point], EdgeKind.PASS_ON)]
            return found
        if kind is PointKind.FINALLY_END:
            ways = [(edge[0], edge[1]) for edge in graph.edges[point]]
            return [*ways, (graph.handlers[point], EdgeKind.PASS_ON)]
        effects = self._effects(point)
        for target, edge, guard in graph.edges[point]:
            if effects.never_returns or (guard is not None and not self._choices(guard)):
                continue
            found.append((target, edge))
        if kind is PointKind.WITH_EXIT and graph.ways[point] == _RAISE:
            found.append((graph.handlers[point], EdgeKind.PASS_ON))
        if self._raises(point, (), raising, True):
            found.append((graph.handlers[point], EdgeKind.RAISE))
        return found

    def initial(self) -> State:
        """Give the state of a path at the entry."""
        return (self._graph.entry, (), ())

    def steps(
        self, state: State, *, raising: Raising = Raising.ANY, cancellation: bool = True
    ) -> list[tuple[State, EdgeKind]]:
        """List the states that a path can be in next; the first part of a state is its point."""
        self._prepare()
        return self._steps(state, _Options(raising, cancellation, True))

    # ----- what points do --------------------------------------------------------------------------------

    def _effects(self, point: int) -> _Effects:
        known = self._effects_known[point]
        if known is not None:
            return known
        graph = self._graph
        kind, node = graph.kinds[point], graph.nodes[point]
        parts = graph.parts.get(point)
        if parts is None and (
            node is None
            or kind not in (PointKind.STATEMENT, PointKind.HEADER, PointKind.HANDLER, PointKind.CLASS_END)
        ):
            result = _NO_EFFECTS
            if kind is PointKind.WITH_EXIT:
                result = result._replace(anything=True, awaits=isinstance(node, ast.AsyncWith))
                result = result._replace(calls=result.awaits, invokes=True)
        else:
            assert node is not None
            key = (int(kind), id(node), *(id(part) for part in parts or ()))
            found = self._effects_of.get(key)
            if found is None:
                if kind is PointKind.CLASS_END:
                    assert isinstance(node, ast.ClassDef)
                    found = _NO_EFFECTS._replace(
                        bound=frozenset((node.name,)), assignments=(_truthy_assignment(node.name),)
                    )
                else:
                    found = self._find_effects(kind, node, parts)
                self._effects_of[key] = found
            result = found
        self._effects_known[point] = result
        return result

    def _find_effects(self, kind: PointKind, node: Statement, parts: list[ast.AST] | None) -> _Effects:
        calls = anything = awaits = yields = invokes = never_returns = walrus = False
        ends_with: str | None = None
        bound: set[str] = set()
        bound_chains: set[str] = set()
        mutated: set[str] = set()
        touched: set[str] = set()
        assignments: list[_Assignment] = []
        if parts is None:
            roots = _header(node)
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                # Making the exception is part of raising it.
                roots = [
                    node,
                    *(part for part in (node.exc.func, *node.exc.args, *node.exc.keywords, node.cause) if part),
                ]
        else:
            roots = parts
        skipped = node if isinstance(node, ast.Raise) and len(roots) > 1 else None
        inside: set[str] = set()
        for part in _descend(roots) if skipped is None else _descend(roots[1:]):
            if isinstance(part, ast.Name):
                if not isinstance(part.ctx, ast.Load):
                    bound.add(part.id)
            elif isinstance(part, ast.Call):
                name = part.func.attr if isinstance(part.func, ast.Attribute) else None
                invokes = True
                if self._harmless is None or not self._harmless(part):
                    calls = True
                anything = True
                if name is not None:
                    assert isinstance(part.func, ast.Attribute)
                    receiver = dotted(part.func.value)
                    if receiver is not None:
                        (mutated if name in _MUTATORS else touched).add(receiver)
                for argument in part.args:
                    given = dotted(argument.value if isinstance(argument, ast.Starred) else argument)
                    if given is not None:
                        inside.add(given)
                for word in part.keywords:
                    given = dotted(word.value)
                    if given is not None:
                        inside.add(given)
                if not (isinstance(part.func, ast.Name) and part.func.id in _PURE):
                    touched |= inside
                inside.clear()
            elif isinstance(part, ast.Await):
                awaits = anything = True
                awaited = part.value if self._harmless_awaits else None
                if self._harmless is None or not isinstance(awaited, ast.Call) or not self._harmless(awaited):
                    calls = True
            elif isinstance(part, (ast.Yield, ast.YieldFrom)):
                yields = calls = anything = True
            elif isinstance(part, (ast.Attribute, ast.Subscript)):
                anything = True
                if not isinstance(part.ctx, ast.Load):
                    if isinstance(part, ast.Attribute):
                        chain = dotted(part)
                        if chain is not None:
                            bound_chains.add(chain)
                    else:
                        chain = dotted(part.value)
                        if chain is not None:
                            mutated.add(chain)
            elif isinstance(part, ast.NamedExpr):
                walrus = True
                self._assign(assignments, part.target, part.value)
            elif isinstance(part, ast.comprehension):
                anything = True
                if part.is_async:
                    awaits = calls = True
            elif isinstance(
                part,
                (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Starred, ast.FormattedValue, ast.AugAssign, ast.BoolOp),
            ):
                anything = True
            elif isinstance(part, (ast.MatchAs, ast.MatchStar)):
                if part.name is not None:
                    bound.add(part.name)
            elif isinstance(part, ast.MatchMapping):
                anything = True
                if part.rest is not None:
                    bound.add(part.rest)
            elif isinstance(part, (ast.MatchClass, ast.MatchValue, ast.MatchSequence)):
                anything = True
        if kind is PointKind.ITERATION:
            anything = True
            if isinstance(node, ast.AsyncFor):
                awaits = calls = invokes = True
        elif kind is PointKind.CASE:
            pass
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            anything = True
            if not self._enters_quietly(parts):
                calls = invokes = True
            if isinstance(node, ast.AsyncWith):
                awaits = calls = invokes = True
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            anything = True
            calls = calls or self._harmless is None or not _is_of_python(node)
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                bound.add(name)
                assignments.append(_truthy_assignment(name))
        elif isinstance(node, _FUNCTIONS):
            bound.add(node.name)
            assignments.append(_truthy_assignment(node.name))
        elif isinstance(node, ast.ClassDef):
            # The body binds names of the class; the class itself is bound at the end. Making a class may run
            # code of its bases, which is not taken for a call where the caller says what is harmless.
            anything = True
            calls = calls or self._harmless is None
        elif isinstance(node, ast.ExceptHandler):
            if node.name is not None:
                bound.add(node.name)
                assignments.append(_truthy_assignment(node.name))
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(assignments, target, node.value)
                anything = anything or isinstance(target, (ast.Tuple, ast.List))
        elif isinstance(node, ast.AnnAssign):
            if node.value is None:
                bound.discard(node.target.id) if isinstance(node.target, ast.Name) else None
            else:
                self._assign(assignments, node.target, node.value)
        elif isinstance(node, ast.Expr) and isinstance(node.value, (ast.Call, ast.Await)):
            call = node.value.value if isinstance(node.value, ast.Await) else node.value
            if isinstance(call, ast.Call):
                if self._never_returns is not None and self._never_returns(call):
                    never_returns, ends_with = True, _EXCEPTION
                elif call is node.value and len(call.args) <= 2:
                    qualified = self._qualname(call.func)
                    if qualified in _NEVER_RETURN:
                        assert qualified is not None
                        never_returns, ends_with = True, _NEVER_RETURN[qualified]
                        calls = any(isinstance(part, ast.Call) for part in _descend(call.args))
        binds_last = not walrus and isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign))
        if binds_last and isinstance(node, ast.Assign):
            binds_last = all(isinstance(target, ast.Name) for target in node.targets)
        if kind is PointKind.ITERATION or isinstance(node, (*_FUNCTIONS, ast.Import)):
            binds_last = not isinstance(node, ast.Import) or len(node.names) == 1
        return _Effects(
            calls,
            anything,
            awaits,
            yields,
            never_returns,
            ends_with,
            frozenset(bound),
            frozenset(bound_chains),
            frozenset(mutated),
            frozenset(touched),
            invokes or awaits or yields,
            binds_last,
            tuple(assignments),
        )

    def _enters_quietly(self, parts: list[ast.AST] | None) -> bool:
        """Answer whether entering the items raises nothing: their calls are all harmless."""
        if self._harmless is None or not parts:
            return False
        items = [part for part in parts if isinstance(part, ast.withitem)]
        return all(isinstance(item.context_expr, ast.Call) and self._harmless(item.context_expr) for item in items)

    def _assign(self, assignments: list[_Assignment], target: ast.expr, value: ast.expr) -> None:
        pairs = [(target, value)]
        while pairs:
            target, value = pairs.pop()
            if isinstance(target, (ast.Tuple, ast.List)):
                if (
                    isinstance(value, (ast.Tuple, ast.List))
                    and len(value.elts) == len(target.elts)
                    and not any(isinstance(part, ast.Starred) for part in (*target.elts, *value.elts))
                ):
                    # `a, b = b, a`: the values are taken before the names are bound.
                    pairs.extend(
                        (left, right)
                        for left, right in zip(target.elts, value.elts, strict=True)
                        if dotted(right) is None
                    )
                continue
            name = dotted(target)
            if name is None:
                continue
            if isinstance(value, ast.NamedExpr):
                value = value.value
            source = dotted(value)
            if source is not None:
                if source != name:
                    assignments.append(_Assignment(name, None, source))
            elif isinstance(value, ast.Constant):
                assignments.append(_Assignment(name, _of_constant(value.value), None))
            elif isinstance(value, (ast.Lambda, ast.GeneratorExp)):
                assignments.append(_truthy_assignment(name))
            elif isinstance(value, (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.JoinedStr, *_COMPREHENSIONS)):
                # Not None; whether a container is empty may change behind the name's back.
                assignments.append(_Assignment(name, _Value(_FALSY | _TRUTHY, None, frozenset()), None))

    def _caught(self, handler: ast.ExceptHandler) -> list[str | None]:
        known = self._caught_known.get(id(handler))
        if known is None:
            known = self._caught_known[id(handler)] = self._graph.classes(handler.type)
        return known

    def _raises(self, point: int, stack: _Stack, raising: Raising, cancellation: bool) -> list[Raised]:
        """List what a point may raise itself. `stack` is what is pending there."""
        graph = self._graph
        kind = graph.kinds[point]
        if kind in (PointKind.ENTRY, PointKind.DISPATCH, PointKind.STAR, PointKind.FINALLY, PointKind.FINALLY_END):
            return []
        if kind >= PointKind.RETURN:
            return []
        effects = self._effects(point)
        found: list[Raised] = []
        node = graph.nodes[point]
        if raising >= Raising.EXPLICIT and kind is PointKind.STATEMENT:
            if isinstance(node, ast.Raise):
                found.append(self._raised_by(point, node, stack))
            elif isinstance(node, ast.Assert):
                if self._choices((node.test, False)):
                    found.append(Raised("builtins.AssertionError", True))
            elif effects.never_returns and effects.ends_with is not None:
                found.append(Raised(effects.ends_with, effects.ends_with != _EXCEPTION))
        if (raising >= Raising.CALLS and effects.calls) or (raising >= Raising.ANY and effects.anything):
            if UNKNOWN not in found:
                found.append(UNKNOWN)
        if cancellation:
            if effects.awaits:
                found.append(CANCELLED)
            if effects.yields:
                found.append(GENERATOR_EXIT)
        return found

    def _raised_by(self, point: int, node: ast.Raise, stack: _Stack) -> Raised:
        slot = self._graph.slots.get(point)
        if slot is not None and slot < len(stack) and stack[slot].name not in _WAYS:
            return stack[slot]._replace(partial=False)
        if node.exc is None:
            return UNKNOWN
        kind = uncalled(node.exc)
        name = self._qualname(kind)
        if name is None:
            return UNKNOWN
        name = _canonical(name)
        if name in (_EXCEPTION, _BASE_EXCEPTION):
            return Raised(name, True)
        if _ancestors(name) is None and not name.rpartition(".")[2][:1].isupper():
            # A variable or a function that makes the exception.
            return UNKNOWN
        return Raised(name, True)

    # ----- tests -----------------------------------------------------------------------------------------

    def _subject(self, expression: ast.expr) -> int:
        chain = dotted(expression)
        if chain is not None:
            subject = _Subject(chain, (chain,), False, True)
        else:
            subject = _opaque(expression)
        number = self._subject_numbers.get(subject.key)
        if number is None:
            number = self._subject_numbers[subject.key] = len(self._subjects)
            self._subjects.append(subject)
        return number

    def _literal(self, test: ast.expr) -> tuple[_Literal, bool]:
        """Give the literal that a test without `and`, `or`, `not` stands for, and whether it is not negated."""
        known = self._literals_known.get(id(test))
        if known is not None:
            return known
        found = self._find_literal(test)
        self._literals_known[id(test)] = found
        return found

    def _find_literal(self, test: ast.expr) -> tuple[_Literal, bool]:
        if isinstance(test, ast.NamedExpr):
            return _Literal(self._subject(test.target), _Test.TRUTH, None), True
        if isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "bool":
            if len(test.args) == 1 and dotted(test.args[0]) is not None and not test.keywords:
                return _Literal(self._subject(test.args[0]), _Test.TRUTH, None), True
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            left, operator, right = test.left, test.ops[0], test.comparators[0]
            if isinstance(left, ast.Constant):
                left, right = right, left
            if isinstance(left, ast.NamedExpr):
                left = left.target
            if isinstance(operator, (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)) and isinstance(right, ast.Constant):
                positive = isinstance(operator, (ast.Is, ast.Eq))
                if right.value is None:
                    return _Literal(self._subject(left), _Test.NONE, None), positive
                if isinstance(right.value, (bool, int, str, bytes)):
                    constant = (type(right.value), right.value)
                    return _Literal(self._subject(left), _Test.EQUAL, constant), positive
            if isinstance(operator, (ast.NotIn, ast.IsNot, ast.NotEq)):
                opposite = {ast.NotIn: ast.In, ast.IsNot: ast.Is, ast.NotEq: ast.Eq}[type(operator)]
                positive_test = ast.Compare(left=test.left, ops=[opposite()], comparators=test.comparators)
                return _Literal(self._subject(positive_test), _Test.TRUTH, None), False
        return _Literal(self._subject(test), _Test.TRUTH, None), True

    def _choices(self, guard: _Guard) -> tuple[_Choice, ...]:
        """List the ways in which a test comes out as it has to: each a row of literals; none if it cannot."""
        node, truth = guard
        key = (id(node), truth)
        known = self._choices_known.get(key)
        if known is None:
            if isinstance(node, ast.match_case):
                known = self._case_choices(node, truth)
            else:
                assert isinstance(node, ast.expr)
                known = self._test_choices(node, truth, 0)
            self._choices_known[key] = known
        return known

    def _test_choices(self, test: ast.expr, truth: bool, depth: int) -> tuple[_Choice, ...]:
        while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test, truth = test.operand, not truth
        if isinstance(test, ast.Constant):
            return ((),) if bool(test.value) is truth else ()
        if isinstance(test, ast.BoolOp):
            if depth > 20:
                return ((),)
            if isinstance(test.op, ast.And) is truth:
                return _all_of([self._test_choices(value, truth, depth + 1) for value in test.values])
            if len(test.values) > 6:
                return ((),)
            found: list[_Choice] = []
            before: tuple[_Choice, ...] = ((),)
            for value in test.values:
                found.extend(_all_of([before, self._test_choices(value, truth, depth + 1)]))
                before = _all_of([before, self._test_choices(value, not truth, depth + 1)])
                if not before:
                    break
            if len(found) > 12:
                return ((),)
            return tuple(found)
        literal, positive = self._literal(test)
        if not self._subjects[literal.subject].pure:
            return ((),)
        return (((literal, truth is positive),),)

    def _case_choices(self, case: ast.match_case, truth: bool) -> tuple[_Choice, ...]:
        subject = self._graph.subjects[id(case)]
        pattern: tuple[_Choice, ...] | None = None
        refused: tuple[_Choice, ...] = ((),)
        values = case.pattern.patterns if isinstance(case.pattern, ast.MatchOr) else [case.pattern]
        if isinstance(subject, ast.NamedExpr):
            subject = subject.target
        if dotted(subject) is not None and len(values) <= 6:
            literals: list[_Literal] = []
            number = self._subject(subject)
            for value in values:
                if isinstance(value, ast.MatchSingleton):
                    test = _Test.NONE if value.value is None else _Test.EQUAL
                    literals.append(_Literal(number, test, (type(value.value), value.value)))
                elif isinstance(value, ast.MatchValue) and isinstance(value.value, ast.Constant):
                    constant = value.value.value
                    literals.append(_Literal(number, _Test.EQUAL, (type(constant), constant)))
            if len(literals) == len(values):
                pattern = tuple(((literal, True),) for literal in literals)
                refused = (tuple((literal, False) for literal in literals),)
        matched = pattern or ((),)
        if truth:
            if case.guard is None:
                return matched
            return _all_of([matched, self._test_choices(case.guard, True, 0)])
        if _irrefutable(case):
            return ()
        if case.guard is None:
            return refused
        return (*refused, *_all_of([matched, self._test_choices(case.guard, False, 0)]))

    # ----- facts on a path -------------------------------------------------------------------------------

    def _shared(self) -> frozenset[str]:
        """Name what code elsewhere may rebind during a call: nonlocal or global names of nested functions."""
        if self._shared_known is None:
            names: set[str] = set()
            waiting: list[ast.AST] = list(self.function.body)
            while waiting:
                node = waiting.pop()
                if isinstance(node, (ast.Global, ast.Nonlocal)):
                    names.update(node.names)
                elif not isinstance(node, _SIMPLE_STATEMENTS):
                    for field in ("body", "orelse", "handlers", "finalbody", "cases"):
                        waiting.extend(getattr(node, field, ()))
            self._shared_known = frozenset(names)
        return self._shared_known

    def _changed(self, subject: _Subject, effects: _Effects, binding: bool) -> tuple[bool, bool, bool]:
        """Answer how a point changes a subject: gets another value; changes inside; may change inside."""
        mutated = touched = False
        for operand in subject.operands:
            root = operand.partition(".")[0]
            if binding and root in effects.bound:
                return True, False, False
            if effects.invokes and root in self._shared():
                return True, False, False
            if root is not operand and (effects.bound_chains or effects.mutated or effects.touched):
                above = operand
                while True:
                    if above in effects.bound_chains:
                        return True, False, False
                    if above is not operand and (above in effects.mutated or above in effects.touched):
                        return True, False, False
                    above, dot, _ = above.rpartition(".")
                    if not dot:
                        break
            mutated = mutated or operand in effects.mutated
            touched = touched or operand in effects.touched
        return False, mutated, touched

    def _after(self, facts: _Facts, effects: _Effects, completed: bool) -> _Facts:
        """Give what is known after a point was evaluated, before its test is looked at."""
        binding = completed or not effects.binds_last
        if facts and (effects.bound or effects.invokes or effects.bound_chains or effects.mutated):
            kept: list[tuple[int, _Value]] = []
            for number, value in facts:
                subject = self._subjects[number]
                rebound, mutated, touched = self._changed(subject, effects, binding)
                if rebound:
                    continue
                if value.equal is None and (mutated or touched):
                    if subject.opaque:
                        if mutated:
                            continue
                    elif mutated:
                        value = value._replace(
                            mask=_NONE | _FALSY | _TRUTHY if value.mask & _NONE else _FALSY | _TRUTHY
                        )
                    elif value.mask & _FALSY:
                        value = value._replace(mask=value.mask | _TRUTHY)
                kept.append((number, value))
            before = facts
            facts = tuple(kept)
        else:
            before = facts
        if completed and effects.assignments:
            for assignment in effects.assignments:
                number = self._subject_numbers.get(assignment.target, -1)
                if number < 0:
                    continue
                value = assignment.value or _TOP
                if assignment.source is not None:
                    source = self._subject_numbers.get(assignment.source, -1)
                    value = _look(before, source)
                facts = _put(facts, number, value)
        return facts

    def _assume(self, facts: _Facts, choice: _Choice) -> _Facts | None:
        for literal, truth in choice:
            value = _refine(_look(facts, literal.subject), literal, truth)
            if value is None:
                return None
            facts = _put(facts, literal.subject, value)
        return facts

    def _prepare(self) -> None:
        """Find which subjects are worth tracking, and at which points they can still matter."""
        if self._alive is not None:
            return
        graph = self._graph
        count = len(graph.kinds)
        uses = [0] * count
        tests: dict[int, set[int]] = {}
        for point in range(count):
            node = graph.nodes[point]
            guards = [guard for _, _, guard in graph.edges[point] if guard is not None]
            for guard in guards:
                for choice in self._choices(guard):
                    for literal, _ in choice:
                        uses[point] |= 1 << literal.subject
                        tests.setdefault(literal.subject, set()).add(id(guard[0]))
            del node
        tracked = 0
        assigned = {
            assignment.target
            for point in range(count)
            if graph.kinds[point] in (PointKind.STATEMENT, PointKind.HEADER, PointKind.ITEM)
            for assignment in self._assignments(point)
        }
        for number, places in tests.items():
            if len(places) > 1 or self._subjects[number].key in assigned:
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

    def _assignments(self, point: int) -> tuple[_Assignment, ...]:
        return self._effects(point).assignments

    def _all_targets(self, point: int) -> list[tuple[int, EdgeKind]]:
        """List the edges out of a point if everything could raise; cheap, and a little too many."""
        graph = self._graph
        found = [(edge[0], edge[1]) for edge in graph.edges[point]]
        found += [(target, EdgeKind.CAUGHT) for target, _ in graph.choices.get(point, ())]
        if point != graph.raise_exit:
            found.append((graph.handlers[point], EdgeKind.RAISE))
        return found

    def _settle(self, point: int, stack: _Stack, facts: _Facts) -> State:
        if facts:
            assert self._alive is not None
            live = self._alive[point] & self._wanted
            kept = tuple(fact for fact in facts if live >> fact[0] & 1 and fact[1] != _TOP)
            if len(kept) != len(facts):
                facts = kept
        return (point, stack, facts)

    _wanted = -1

    def _steps(self, state: State, options: _Options) -> list[tuple[State, EdgeKind]]:
        graph = self._graph
        point, stack, facts = state
        kind = graph.kinds[point]
        depths = graph.depths
        found: list[tuple[State, EdgeKind]] = []
        if kind >= PointKind.RETURN:
            return found
        if kind is PointKind.DISPATCH or kind is PointKind.STAR:
            pending = stack[-1]
            certain = False
            tried: set[str] = set()
            for target, handler in graph.choices[point]:
                caught_here = self._caught(handler)
                if tried and not pending.exact:
                    # An earlier handler has taken all of these.
                    caught_here = [name for name in caught_here if not _below(name, tried)]
                tried.update(name for name in caught_here if name is not None)
                taken, certain = _catches(pending, caught_here)
                if kind is PointKind.STAR and not certain:
                    taken = [caught._replace(partial=True) for caught in taken]
                for caught in dict.fromkeys(taken):
                    found.append((self._settle(target, (*stack[:-1], caught), facts), EdgeKind.CAUGHT))
                if certain:
                    return found
            onward = [edge[0] for edge in graph.edges[point]] or [graph.handlers[point]]
            if not graph.choices[point]:
                group = _BASE_EXCEPTION_GROUP if _outside_exception(pending.name) else _EXCEPTION_GROUP
                for target in onward:
                    below = stack[: depths[target] - 1]
                    found.append((self._settle(target, (*below, Raised(group, True)), facts), EdgeKind.PASS_ON))
            for target in onward:
                below = stack[: depths[target] - 1]
                found.append((self._settle(target, (*below, pending), facts), EdgeKind.PASS_ON))
            return found
        if point in graph.entering:
            # Where to go on is pending, as an exception would be.
            target = graph.entering[point]
            pending = Raised(graph.ways[point], True)
            return [(self._settle(target, (*stack[: depths[target] - 1], pending), facts), EdgeKind.NEXT)]
        if kind is PointKind.FINALLY_END and stack[-1].name in _WAYS:
            for target, edge, _ in graph.edges[point]:
                if graph.ways[target] == stack[-1].name:
                    found.append((self._settle(target, stack[: depths[target]], facts), edge))
            return found
        if kind is PointKind.FINALLY_END or (kind is PointKind.WITH_EXIT and graph.ways[point] == _RAISE):
            pending = stack[depths[point] - 1]
            certain = False
            effects = self._effects(point)
            for target, _, _ in graph.edges[point] if kind is PointKind.WITH_EXIT else ():
                # The item swallows exceptions.
                item = graph.items[point]
                taken, certain = _catches(pending, graph.swallowed(item))
                if taken:
                    after = self._after(facts, effects, True) if options.tracked else ()
                    found.append((self._settle(target, stack[: depths[target]], after), EdgeKind.CAUGHT))
            target = graph.handlers[point]
            if not certain:
                found.append(
                    (self._settle(target, (*stack[: depths[target] - 1], pending), facts), EdgeKind.PASS_ON)
                )
            for raised in self._raises(point, stack, options.raising, options.cancellation):
                found.append((self._settle(target, (*stack[: depths[target] - 1], raised), facts), EdgeKind.RAISE))
            return found
        effects = self._effects(point)
        if not effects.never_returns:
            after = self._after(facts, effects, True) if options.tracked else ()
            for target, edge, guard in graph.edges[point]:
                if edge is EdgeKind.PASS_ON:
                    if point in graph.sharing and not stack[depths[point] - 1].partial:
                        continue
                    below = (*stack[: depths[target] - 1], UNKNOWN)
                else:
                    below = stack[: depths[target]]
                if guard is None:
                    found.append((self._settle(target, below, after), edge))
                    continue
                if not options.tracked:
                    if self._choices(guard):
                        found.append(((target, below, ()), edge))
                    continue
                for choice in self._choices(guard):
                    narrowed = self._assume(after, choice)
                    if narrowed is not None:
                        found.append((self._settle(target, below, narrowed), edge))
        raises = self._raises(point, stack, options.raising, options.cancellation)
        if raises:
            target = graph.handlers[point]
            below = stack[: depths[target] - 1]
            left = self._after(facts, effects, False) if options.tracked else ()
            for raised in raises:
                narrowed = left
                node = graph.nodes[point]
                if options.tracked and isinstance(node, ast.Assert) and raised.name == "builtins.AssertionError":
                    alternatives = [self._assume(left, choice) for choice in self._choices((node.test, False))]
                    possible = [facts for facts in alternatives if facts is not None]
                    if not possible:
                        continue
                    if len(possible) == 1:
                        narrowed = possible[0]
                found.append((self._settle(target, (*below, raised), narrowed), EdgeKind.RAISE))
        return found

    # ----- path questions --------------------------------------------------------------------------------

    def _beginnings(
        self, start: Statement | None, options: _Options, assuming: Mapping[str, bool] | None
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
            facts: _Facts = ()
            if start is not None and options.tracked:
                facts = self._facts_at(point)
            for stack in self._stacks(point, options):
                if graph.kinds[point] is PointKind.HANDLER or start is None:
                    begun = [(point, stack, facts)]
                    if graph.kinds[point] is PointKind.HANDLER:
                        begun = [s for s, edge in self._steps(begun[0], options) if edge is not EdgeKind.RAISE]
                else:
                    begun = [
                        s for s, edge in self._steps((point, stack, facts), options) if edge is not EdgeKind.RAISE
                    ]
                for where, pending, known in begun:
                    feasible: _Facts | None = known
                    for name, truth in (assuming or {}).items() if options.tracked else ():
                        number = self._subject_numbers.get(name, -1)
                        if number >= 0 and feasible is not None:
                            feasible = self._assume(feasible, ((_Literal(number, _Test.TRUTH, None), truth),))
                    if feasible is not None:
                        found.append(self._settle(where, pending, feasible))
        return list(dict.fromkeys(found))

    def _stacks(self, point: int, options: _Options) -> list[_Stack]:
        """List the exceptions that may be pending or handled at a point where a path begins."""
        graph = self._graph
        depth = graph.depths[point]
        if not depth:
            return [()]
        holders: list[list[Raised]] = [[UNKNOWN] for _ in range(depth)]
        for slot, handler in graph.holders[point]:
            names = self._caught(handler)
            kinds: list[Raised] = []
            for name in names:
                if name is None or name == _BASE_EXCEPTION:
                    kinds.append(UNKNOWN)
                    if options.cancellation and name is not None:
                        kinds.append(CANCELLED)
                else:
                    kinds.append(CANCELLED if name == _CANCELLED else Raised(name, False))
            holders[slot] = list(dict.fromkeys(kinds))[:4]
        stacks: list[_Stack] = [()]
        for kinds in holders:
            stacks = [(*stack, kind) for stack in stacks for kind in kinds][:16]
        return stacks

    def _search(
        self,
        start: Statement | None,
        goal: _Match | None,
        stop: _Match | None,
        *,
        raising: Raising,
        cancellation: bool,
        within: Statement | None,
        assuming: Mapping[str, bool] | None,
        stop_at_exit: _Exits | None,
        bound: str | None = None,
        to_exit: bool,
    ) -> tuple[list[tuple[State, EdgeKind]], ExitKind | None] | None:
        """Find a shortest path from start to a goal or an exit that keeps clear of stops.

        Gives the path's states, each with the edge that led to it, and the kind of exit; None if there is
        no such path or the budget is spent.

        What is known on a path costs more than the path. So the first look takes every test for open: where
        that finds no path there is none, and a path on which no test stands is one whatever is known.
        """
        again = set(self._graph.of.get(id(start), ())) if start is not None else set()
        goals: dict[int, bool] = {}
        stops: dict[int, bool] = {}
        for tracked in (False, True):
            found = self._explore(
                start,
                goal,
                stop,
                _Options(raising, cancellation, tracked),
                within=within,
                assuming=assuming,
                stop_at_exit=stop_at_exit,
                bound=bound,
                to_exit=to_exit,
                again=again,
                goals=goals,
                stops=stops,
            )
            if found is None or not self._depends_on_tests(again, found[0]):
                break
        return found

    def _depends_on_tests(self, begun: set[int], trail: list[tuple[State, EdgeKind]]) -> bool:
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
        self,
        start: Statement | None,
        goal: _Match | None,
        stop: _Match | None,
        options: _Options,
        *,
        within: Statement | None,
        assuming: Mapping[str, bool] | None,
        stop_at_exit: _Exits | None,
        bound: str | None,
        to_exit: bool,
        again: set[int],
        goals: dict[int, bool],
        stops: dict[int, bool],
    ) -> tuple[list[tuple[State, EdgeKind]], ExitKind | None] | None:
        """Search as `_search` is asked to, with or without what is known on the path."""
        graph = self._graph
        self._wanted = 0
        if options.tracked:
            self._prepare()
            self._wanted = self._tracked
            for name in assuming or {}:
                number = self._subject_numbers.get(name)
                if number is not None:
                    self._wanted |= 1 << number
        inside: set[int] | None = None
        if within is not None:
            inside = {id(statement) for statement in _statements_in(within)}
        origin = graph.of[id(start)][0] if start is not None and graph.of.get(id(start)) else graph.entry
        states: list[State] = []
        came: list[tuple[int, EdgeKind]] = []
        seen: set[State] = set()

        def trail(index: int, *more: tuple[State, EdgeKind]) -> list[tuple[State, EdgeKind]]:
            found = list(reversed(more))
            while index >= 0:
                found.append((states[index], came[index][1]))
                index = came[index][0]
            found.reverse()
            return found

        fresh: list[tuple[int, State, EdgeKind]] = [
            (-1, state, EdgeKind.NEXT) for state in self._beginnings(start, options, assuming)
        ]
        cursor = 0
        while True:
            for parent, state, edge in fresh:
                point = state[0]
                kind = graph.kinds[point]
                node = graph.nodes[point]
                source = states[parent][0] if parent >= 0 else origin
                if to_exit:
                    way: ExitKind | None = None
                    if kind is PointKind.RAISE:
                        way = ExitKind.CANCEL if state[1][-1] in (CANCELLED, GENERATOR_EXIT) else ExitKind.RAISE
                    elif kind is PointKind.RETURN:
                        way = ExitKind.RETURN
                    elif kind is PointKind.FALL:
                        way = ExitKind.FALL
                    elif inside is not None and id(node) not in inside:
                        way = self._way_across(state, edge)
                        del source
                    if way is not None:
                        return trail(parent, (state, edge)), way
                if state in seen or (state[2] and (point, state[1], ()) in seen):
                    continue
                if not to_exit and inside is not None and node is not None and id(node) not in inside:
                    continue
                if kind in _ASKED and node is not None:
                    assert isinstance(node, (ast.stmt, ast.ExceptHandler))
                    key = id(node)
                    if goal is not None:
                        met = goals.get(key)
                        if met is None:
                            met = goals[key] = bool(goal(node))  # type: ignore[arg-type]
                        if met:
                            return trail(parent, (state, edge)), None
                    if stop is not None:
                        stopped = stops.get(key)
                        if stopped is None:
                            stopped = stops[key] = bool(stop(node))  # type: ignore[arg-type]
                        if stopped:
                            continue
                elif kind is PointKind.WITH_EXIT and stop_at_exit is not None:
                    item = graph.items[point]
                    stopped = stops.get(id(item))
                    if stopped is None:
                        stopped = stops[id(item)] = bool(stop_at_exit(item))
                    if stopped:
                        continue
                if point in again:
                    if to_exit:
                        return trail(parent, (state, edge)), ExitKind.AGAIN
                    if goal is not None:
                        # A longer way round; everything after the start was reached from it already.
                        pass
                seen.add(state)
                states.append(state)
                came.append((parent, edge))
            if cursor >= len(states) or len(states) > BUDGET:
                return None
            current = states[cursor]
            fresh = []
            for state, edge in self._steps(current, options):
                if bound is not None and self._binds(current[0], bound) and self._completes(current[0], edge):
                    continue
                fresh.append((cursor, state, edge))
            cursor += 1

    def _binds(self, point: int, name: str) -> bool:
        return name in self._effects(point).bound and point not in self._graph.in_class

    def _completes(self, point: int, edge: EdgeKind) -> bool:
        """Answer whether what a point binds is bound when control leaves it by an edge."""
        if edge is EdgeKind.FALSE:
            # A loop that is over and a pattern that did not match have bound nothing.
            return self._graph.kinds[point] not in (PointKind.ITERATION, PointKind.CASE)
        return edge is not EdgeKind.RAISE

    def _way_across(self, state: State, edge: EdgeKind) -> ExitKind:
        """Tell how control leaves a region, by the edge that leads out of it."""
        graph = self._graph
        point = state[0]
        if edge in (EdgeKind.RAISE, EdgeKind.PASS_ON):
            return ExitKind.CANCEL if state[1][-1] in (CANCELLED, GENERATOR_EXIT) else ExitKind.RAISE
        if edge is EdgeKind.RETURN or graph.ways.get(point) == _RETURN:
            return ExitKind.RETURN
        return ExitKind.LEAVE

    def leaves_without(
        self,
        start: Statement | None,
        stop: _Match,
        *,
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
        within: Statement | None = None,
        assuming: Mapping[str, bool] | None = None,
        stop_at_exit: _Exits | None = None,
    ) -> Exit | None:
        """Give a nearest way out from `start` on which `stop` is not met, or None.

        Out is: the end of the function in whatever way, out of `within`, or at `start` again. The
        arguments are told in the class.
        """
        found = self._search(
            start,
            None,
            stop,
            raising=raising,
            cancellation=cancellation,
            within=within,
            assuming=assuming,
            stop_at_exit=stop_at_exit,
            to_exit=True,
        )
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

    def _leaving(self, trail: list[tuple[State, EdgeKind]], kind: ExitKind, start: Statement | None) -> Statement:
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
            if node is not None and graph.kinds[point] in _ASKED:
                return node
        if start is not None:
            return start
        if self.function.body:
            return self.function.body[-1]
        return ast.Pass(lineno=1, col_offset=0)

    def always_reached(
        self,
        start: Statement | None,
        goal: _Match,
        *,
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
        within: Statement | None = None,
        assuming: Mapping[str, bool] | None = None,
        stop_at_exit: _Exits | None = None,
    ) -> bool:
        """Answer whether every path from `start` meets `goal` before it is out or at `start` again."""
        return (
            self.leaves_without(
                start,
                goal,
                raising=raising,
                cancellation=cancellation,
                within=within,
                assuming=assuming,
                stop_at_exit=stop_at_exit,
            )
            is None
        )

    def path(
        self,
        start: Statement | None,
        goal: _Match,
        avoiding: _Match | None = None,
        *,
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
        within: Statement | None = None,
        assuming: Mapping[str, bool] | None = None,
        stop_at_exit: _Exits | None = None,
    ) -> list[Statement] | None:
        """List the statements on a shortest path from `start` (left out) to a goal (last), or give None.

        `within` keeps the path inside that statement.
        """
        found = self._search(
            start,
            goal,
            avoiding,
            raising=raising,
            cancellation=cancellation,
            within=within,
            assuming=assuming,
            stop_at_exit=stop_at_exit,
            to_exit=False,
        )
        if found is None:
            return None
        graph = self._graph
        points = [state[0] for state, _ in found[0]]
        nodes = [graph.nodes[point] for point in points if graph.kinds[point] in _ASKED]
        return [node for node in nodes if node is not None]

    def reachable(
        self,
        start: Statement | None,
        goal: _Match,
        avoiding: _Match | None = None,
        *,
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
        within: Statement | None = None,
        assuming: Mapping[str, bool] | None = None,
        stop_at_exit: _Exits | None = None,
    ) -> bool:
        """Answer whether a path leads from `start` to a goal without meeting `avoiding` before."""
        return (
            self.path(
                start,
                goal,
                avoiding,
                raising=raising,
                cancellation=cancellation,
                within=within,
                assuming=assuming,
                stop_at_exit=stop_at_exit,
            )
            is not None
        )

    # ----- bindings --------------------------------------------------------------------------------------

    def definitely_bound(
        self,
        name: str,
        at: Statement,
        *,
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
    ) -> bool:
        """Answer whether every path from the entry to `at` has bound the local name when `at` begins.

        `del` is not followed: see `may_be_unbound` for an answer that is. Arguments are bound.
        """
        if name in _argument_names(self.function):
            return True
        found = self._search(
            None,
            lambda statement: statement is at,
            None,
            raising=raising,
            cancellation=cancellation,
            within=None,
            assuming=None,
            stop_at_exit=None,
            bound=name,
            to_exit=False,
        )
        return found is None

    def definitions_reaching(self, name: str, at: ast.AST) -> Sequence[ast.AST]:
        """List the binding sites of a local name that can reach `at` (a statement or a node in one).

        A site is the Name that is stored, the arg, the alias, the def or class, the ExceptHandler, or the
        pattern. Tests along the way are not looked at.
        """
        return self._reaching(name, at)[0]

    def may_be_unbound(self, name: str, at: ast.AST) -> bool:
        """Answer whether a way through the graph leads to `at` with the name never bound, or deleted."""
        return self._reaching(name, at)[1]

    def _reaching(self, name: str, at: ast.AST) -> tuple[list[ast.AST], bool]:
        graph = self._graph
        point = self._place(at)
        if point is None:
            return [], False
        before = self._predecessors()
        node = graph.nodes[point]
        points = graph.of.get(id(node), [point]) if graph.kinds[point] in _ASKED else [point]
        sites: dict[int, ast.AST] = {}
        unbound = False
        for own in points:
            if at is not node:
                # A walrus in the same statement may have run already.
                for site in self._sites(own, name):
                    if isinstance(graph.nodes[own], _FUNCTIONS):
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
            if self._binds(source, name):
                effects = self._effects(source)
                found = self._sites(source, name)
                if not raised or not effects.binds_last:
                    for site in found:
                        if isinstance(site, ast.Name) and isinstance(site.ctx, ast.Del):
                            unbound = True
                        else:
                            sites[id(site)] = site
                if self._completes(source, edge):
                    continue
            if source == graph.entry:
                argument = _argument_names(self.function).get(name)
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
        if kind is PointKind.CLASS_END or isinstance(node, _FUNCTIONS):
            return [node]
        if isinstance(node, ast.ExceptHandler):
            return [node] if node.name == name else []
        found: list[ast.AST] = []
        for part in _descend(graph.parts.get(point) or _header(node)):
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

    _before: list[list[tuple[int, EdgeKind]]] | None = None

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
                for target, edge in self.successors(point):
                    before[target].append((point, edge))
                    if not seen[target]:
                        seen[target] = True
                        waiting.append(target)
            self._before = before
        return self._before

    def _place(self, node: ast.AST) -> int | None:
        """Find a point that evaluates a node."""
        graph = self._graph
        own = graph.of.get(id(node))
        if own:
            return own[0]
        if self._places is None:
            places: dict[int, int] = {}
            for point, kind in enumerate(graph.kinds):
                owner = graph.nodes[point]
                if owner is None or kind not in _EVALUATING:
                    continue
                for part in _everything(graph.parts.get(point) or _header(owner)):
                    places.setdefault(id(part), point)
            self._places = places
        return self._places.get(id(node))

    # ----- tests that hold -------------------------------------------------------------------------------

    def known_at(self, node: ast.AST) -> Sequence[tuple[ast.expr, bool]]:
        """List the tests that came out alike on every path from the entry to a node, with their outcome.

        `node` is a statement or any expression in one. Only tests whose operands were not rebound or
        changed since are told, `not` and the parts of `and` and `or` taken apart. Equal tests in several
        places are told once, by the first. Inside a nested function or lambda only what stands there counts.
        """
        point = self._place(node)
        if point is None:
            return []
        graph = self._graph
        known = self._knowledge()
        owner = graph.nodes[point]
        roots = graph.parts.get(point) or ([] if owner is None else _header(owner))
        within: list[ast.AST] = []
        if node is not owner:
            within = _way_down(roots, node)
        points = [point]
        if owner is not None and graph.kinds[point] in _ASKED:
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
        if graph.kinds[point] is PointKind.CASE and isinstance(node, ast.AST):
            bits = bits if bits >= 0 else 0
        number = 0
        while bits:
            if bits & 1:
                entry = known.entries[number]
                if entry.expression is not None:
                    found.append((entry.expression, entry.outcome))
            bits >>= 1
            number += 1
        if isinstance(owner, ast.Assert) and owner.msg is not None and owner.msg in within:
            found += self._split(owner.test, False)
        for position, around in enumerate(within[:-1]):
            below = within[position + 1]
            if isinstance(around, ast.Lambda):
                if below is around.body:
                    found = []
            elif isinstance(around, (*_FUNCTIONS, ast.ClassDef)):
                found = []
            elif isinstance(around, ast.BoolOp):
                for value in around.values:
                    if value is below:
                        break
                    found = self._less_bound(found, [value])
                    found += self._split(value, isinstance(around.op, ast.And))
            elif isinstance(around, ast.IfExp):
                if below is not around.test:
                    found = self._less_bound(found, [around.test])
                    found += self._split(around.test, below is around.body)
            elif isinstance(around, _COMPREHENSIONS):
                found = self._in_comprehension(found, around, below, within[position + 2 :])
        return list(dict.fromkeys(found))

    def _in_comprehension(
        self,
        found: list[tuple[ast.expr, bool]],
        around: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
        below: ast.AST,
        deeper: list[ast.AST],
    ) -> list[tuple[ast.expr, bool]]:
        for number, generator in enumerate(around.generators):
            if generator is below and deeper and deeper[0] is generator.iter:
                return found
            found = self._less_bound(found, [generator.target])
            for test in generator.ifs:
                if generator is below and deeper and deeper[0] is test:
                    return found
                found = self._less_bound(found, [test])
                found = found + self._split(test, True)
            if generator is below:
                return found
            del number
        return found

    def _less_bound(self, found: list[tuple[ast.expr, bool]], parts: list[ast.AST]) -> list[tuple[ast.expr, bool]]:
        """Leave out the tests of names that these expressions bind."""
        names = {
            part.id
            for part in _descend(parts)
            if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
        }
        if not names:
            return found
        return [
            (expression, truth)
            for expression, truth in found
            if not any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(expression))
        ]

    def _split(self, test: ast.expr, truth: bool) -> list[tuple[ast.expr, bool]]:
        """Take a test that came out as `truth` apart into the tests whose outcome that settles."""
        found: list[tuple[ast.expr, bool]] = []
        waiting = [(test, truth)]
        while waiting:
            part, outcome = waiting.pop()
            if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
                waiting.append((part.operand, not outcome))
            elif isinstance(part, ast.BoolOp) and isinstance(part.op, ast.And) is outcome:
                waiting.extend((value, outcome) for value in reversed(part.values))
            elif not isinstance(part, ast.Constant):
                found.append((part, outcome))
        return found

    def _facts_at(self, point: int) -> _Facts:
        """Give what every path from the entry to a point knows when it gets there."""
        known = self._knowledge()
        if not known.reached[point]:
            return ()
        bits = known.before[point]
        facts: _Facts = ()
        number = 0
        while bits:
            if bits & 1:
                entry = known.entries[number]
                if self._subjects[entry.literal.subject].pure:
                    narrowed = self._assume(facts, ((entry.literal, entry.truth),))
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
        numbers: dict[tuple[_Literal, bool], int] = {}
        by_root: dict[str, int] = {}

        def bit(expression: ast.expr | None, outcome: bool, literal: _Literal, truth: bool) -> int:
            number = numbers.get((literal, truth))
            if number is None:
                number = numbers[literal, truth] = len(entries)
                entries.append(_Entry(expression, outcome, literal, truth))
                for operand in self._subjects[literal.subject].operands:
                    root = operand.partition(".")[0]
                    by_root[root] = by_root.get(root, 0) | 1 << number
            elif expression is not None and entries[number].expression is None:
                entries[number] = _Entry(expression, outcome, literal, truth)
            return 1 << number

        def of_guard(guard: _Guard) -> int:
            node, truth = guard
            bits = 0
            if isinstance(node, ast.match_case):
                choices = self._choices(guard)
                if len(choices) == 1:
                    for literal, outcome in choices[0]:
                        bits |= bit(None, outcome, literal, outcome)
                if truth and node.guard is not None:
                    bits |= of_guard((node.guard, True))
                return bits
            assert isinstance(node, ast.expr)
            for part, outcome in self._split(node, truth):
                literal, positive = self._literal(part)
                bits |= bit(part, outcome, literal, outcome is positive)
            return bits

        for edges in graph.edges:
            # All subjects get their numbers before assignments to them are looked for.
            for _, _, guard in edges:
                if guard is not None and self._choices(guard):
                    of_guard(guard)
        gains: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        given = [0] * count
        for point in range(count):
            if point == graph.raise_exit:
                continue
            effects = self._effects(point)
            for target, _, guard in graph.edges[point]:
                if effects.never_returns:
                    continue
                if guard is None:
                    gains[point].append((target, 0))
                elif self._choices(guard):
                    gains[point].append((target, of_guard(guard)))
            for assignment in effects.assignments:
                value = assignment.value
                if value is None:
                    continue
                key = assignment.target
                number = self._subject_numbers.get(key)
                if number is None:
                    continue
                if value.mask == _NONE:
                    given[point] |= bit(None, True, _Literal(number, _Test.NONE, None), True)
                else:
                    given[point] |= bit(None, True, _Literal(number, _Test.NONE, None), False)
                if value.equal is not None:
                    given[point] |= bit(None, True, _Literal(number, _Test.EQUAL, value.equal), True)
                if value.mask in (_TRUTHY, _FALSY, _NONE):
                    truth = value.mask == _TRUTHY
                    given[point] |= bit(None, True, _Literal(number, _Test.TRUTH, None), truth)
        kills: list[int | None] = [None] * count
        before = [-1] * count
        reached = [False] * count
        reached[graph.entry] = True
        before[graph.entry] = 0
        waiting = deque([graph.entry])
        queued = [False] * count
        shared = self._shared()
        while waiting:
            point = waiting.popleft()
            queued[point] = False
            if graph.kinds[point] >= PointKind.RETURN:
                continue
            effects = self._effects(point)
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
            for target, edge in self.successors(point):
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

    def _loses(self, entry: _Entry, effects: _Effects) -> bool:
        subject = self._subjects[entry.literal.subject]
        rebound, mutated, touched = self._changed(subject, effects, True)
        if rebound:
            return True
        if entry.literal.test is not _Test.TRUTH:
            return mutated and subject.opaque
        return mutated or (touched and not entry.truth and not subject.opaque)


class _Entry(NamedTuple):
    """A test that may hold: as written, with its outcome, and as a literal with its truth."""

    expression: ast.expr | None
    outcome: bool
    literal: _Literal
    truth: bool


class _Known(NamedTuple):
    """Which tests hold before each point (a bit each), and which points control can reach."""

    entries: list[_Entry]
    before: list[int]
    reached: list[bool]


_ASKED = frozenset((PointKind.STATEMENT, PointKind.HEADER, PointKind.HANDLER))
_EVALUATING = frozenset((*_ASKED, PointKind.ITEM, PointKind.ITERATION, PointKind.CASE))


def _truthy_assignment(name: str) -> _Assignment:
    return _Assignment(name, _Value(_TRUTHY, None, frozenset()), None)


def _look(facts: _Facts, number: int) -> _Value:
    for fact in facts:
        if fact[0] == number:
            return fact[1]
    return _TOP


def _put(facts: _Facts, number: int, value: _Value) -> _Facts:
    rest = [fact for fact in facts if fact[0] != number]
    if value != _TOP:
        rest.append((number, value))
        rest.sort(key=_first)
    return tuple(rest)


def _first(fact: tuple[int, _Value]) -> int:
    return fact[0]


def _all_of(parts: list[tuple[_Choice, ...]]) -> tuple[_Choice, ...]:
    """Combine choices that all have to hold; where there are too many, keep the certain ones."""
    fixed: list[tuple[_Literal, bool]] = []
    open_parts: list[tuple[_Choice, ...]] = []
    for part in parts:
        if not part:
            return ()
        if len(part) == 1:
            fixed.extend(part[0])
        else:
            open_parts.append(part)
    rows: list[_Choice] = [tuple(fixed)]
    for part in open_parts:
        if len(rows) * len(part) > 12:
            continue
        rows = [row + choice for row in rows for choice in part]
    return tuple(rows)


def _opaque(expression: ast.expr) -> _Subject:
    """Describe a test that is not about one dotted name by its shape, so that equal tests are one subject."""
    shape: list[str] = []
    operands: dict[str, None] = {}
    pure = True
    waiting: list[ast.AST] = [expression]
    size = 0
    while waiting:
        node = waiting.pop()
        size += 1
        chain = dotted(node)
        if chain is not None:
            operands[chain] = None
            shape.append(chain)
            continue
        if isinstance(node, ast.Constant):
            shape.append(f"{type(node.value).__name__}:{node.value!r}" if size < 64 else "constant")
            continue
        if isinstance(node, ast.NamedExpr):
            waiting.append(node.target)
            continue
        if isinstance(node, ast.Lambda):
            pure = False
        elif isinstance(node, ast.Call):
            if not (isinstance(node.func, ast.Name) and node.func.id in _PURE):
                pure = False
        elif isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, *_COMPREHENSIONS)):
            pure = False
        children: list[ast.AST] = []
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, ast.AST):
                if not isinstance(value, ast.expr_context):
                    children.append(value)
            elif isinstance(value, list):
                children.extend(part for part in value if isinstance(part, ast.AST))
            elif isinstance(value, str):
                shape.append(value)
        shape.append(f"{type(node).__name__}/{len(children)}")
        children.reverse()
        waiting.extend(children)
    if size > 64:
        return _Subject(f"#{id(expression)}", tuple(operands), True, False)
    return _Subject(" ".join(shape), tuple(operands), True, pure)


def _everything(roots: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the roots and all nodes below, nested functions with them."""
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        yield node
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, ast.AST):
                waiting.append(value)
            elif isinstance(value, list):
                waiting.extend(part for part in value if isinstance(part, ast.AST))


def _way_down(roots: Iterable[ast.AST], goal: ast.AST) -> list[ast.AST]:
    """List the nodes from one of the roots down to a node below it, both included."""
    above: dict[int, ast.AST | None] = {id(root): None for root in roots}
    for node in _everything(roots):
        if node is goal:
            break
        for child in ast.iter_child_nodes(node):
            above.setdefault(id(child), node)
    way = [goal]
    parent = above.get(id(goal))
    while parent is not None:
        way.append(parent)
        parent = above.get(id(parent))
    way.reverse()
    return way


def _statements_in(statement: Statement) -> Iterator[Statement]:
    """Yield a statement or handler and those nested in it, nested functions' bodies left out."""
    waiting: list[Statement] = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, _FUNCTIONS):
            continue
        for field in ("body", "orelse", "handlers", "finalbody"):
            waiting.extend(getattr(node, field, ()))
        for case in getattr(node, "cases", ()):
            waiting.extend(case.body)


def _argument_names(function: FunctionNode | ast.Module) -> dict[str, ast.arg]:
    if isinstance(function, ast.Module):
        return {}
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
    return {argument.arg: argument for argument in every}


def _is_of_python(statement: ast.Import | ast.ImportFrom) -> bool:
    """Whether a statement imports modules that come with Python, and are there."""
    if isinstance(statement, ast.ImportFrom):
        return not statement.level and (statement.module or "").partition(".")[0] in _OF_PYTHON
    return all(alias.name.partition(".")[0] in _OF_PYTHON for alias in statement.names)
