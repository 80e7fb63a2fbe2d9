"""
Facts: what one module says of its functions, classes and variables; a pure function of its text and name.

What an expression stands for is written down as a *term*, a small tuple that refers to other terms by
their numbers in the module's table: the project works out what a term means when the facts of the modules
that it names are there. So facts never depend on another file and can be kept by content.

| term | stands for |
|---|---|
| `("N", name)` | what a qualified name means: an import, a definition, a builtin |
| `("A", term, attribute)` | an attribute |
| `("C", term)`, `("C", term, switches)` | what calling gives, with the arguments that are True or False |
| `("W", term)`, `("E", term)`, `("F", term)` | what awaiting, `with`, `async with` give |
| `("I", term)`, `("B", term)` | an element by iteration, by subscription |
| `("U", terms)`, `("V", terms)` | one of several; the same where a bare parameter may be left out of account |
| `("S", class)`, `("K", class)`, `("X", class)` | `self`, `cls` and `super()` in a class of this module |
| `("P", function, name)` | a parameter that nothing is said of |
| `("Y", term, term)` | a constructor's parameter that is called: its annotation's term, and as a bare parameter |
| `("T", term)`, `("G", term, terms)` | an instance of an annotation; a subscripted annotation |
| `("D", term)` | what a framework's `Depends(provider)` hands over |
| `("M", term)` | the function that `contextmanager(generator)` makes |
| `("L", terms)`, `("Z", term, position)` | a tuple that is returned; an element of one, by unpacking |
| `("Q", class, terms)` | a list, set or dictionary that holds these, one of several at any place |
| `("H", pairs)` | what calls hand in: the terms of what is called and of the argument, for each call |
| `("?",)`, `("O",)` | nothing known (number 0), `None` (number 1) |
"""

from __future__ import annotations

import ast
import bisect
import marshal
import operator
import sys
from collections.abc import Iterable, Sequence
from typing import overload

from flake8_auditrules.knowledge.returns import CONTEXT_FACTORIES
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.wiring import Wiring, from_plain_wiring, to_plain_wiring, wiring_of
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.contents import (
    OBJECTS,
    Key,
    elements,
    is_empty,
    put_in,
    says_nothing_of_contents,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, reads_as_class, uncalled
from flake8_auditrules.semantics.scopes import Binding, BindingKind, Scope, ScopeKind
from flake8_auditrules.semantics.short_files import is_filled, is_of_some_bytes
from flake8_auditrules.semantics.small_files import (
    hands_small_file,
    is_of_small_file,
    lists_small_folder,
    opens_text,
)
from flake8_auditrules.semantics.stubs import is_stub

Term = tuple[object, ...]

UNKNOWN = 0
NONE = 1

CALL = 0
WITH = 1
LOOP = 2
ATTRIBUTE = 3

AWAITED = 1
"""The call's result is awaited or entered by `async with`."""
AT_ONCE = 2
"""The call is told not to wait: `block=False`, `timeout=0`, `sleep(0)`."""
OFF_LOOP = 4
"""The place is run only where no event loop runs, or on a platform that servers do not run on."""
MEMORY = 8
"""The call reads or writes an object in memory or some bytes of a file, or opens one that is closed at once."""
ONCE = 32
"""The place is run once and its result kept: behind a test for a value that it fills."""
KEPT = 64
"""The place is run once for each object, which keeps its result."""
BRANCH = 128
"""Added for each branch of an `if` or `match` and each handler that the place stands in, three at most."""
MOST_BRANCHES = 3
OTHERWISE = 512
"""The place is run only where the function has not returned another answer before."""
REMOTE = 1024
"""The place is run only where what was asked for turns out to be an address, and no file or data at hand."""
GIVES_MEMORY = 2048
"""The call is given an object in memory that reads like a file."""
UNLESS_FILE = 4096
"""What is opened here is a parameter, and only where a test says that it is no open file itself."""
IN_LOOP = 8192
"""A loop of the function, or a comprehension, runs the place."""
ONE_TEXT = 16384
"""The call opens, reads or writes one file as text."""
GUARD = 32768
"""Times a number: the place is run only where the function's guards of that number, counted from 1, let it."""
FINISHED = 16
"""The function asks whether the thing is done, so that waiting for it takes no time."""

OWN_LEVEL = "<module>"
"""The name of a module's own level among its functions: there where it may run a coroutine."""

STATE = "state."
"""What the names of the attributes that a module puts on an application's state begin with, among its exports."""

HANDED = "handed."
"""What the names of what a module's calls hand in for parameters begin with, among its exports."""

OF_ANYTHING: tuple[Term, ...] = (("N", "typing.Any"), ("N", "builtins.object"))
"""The terms of annotations that say nothing."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)
_HOLDING_STATEMENTS = (*_DEFINITIONS, ast.Module)
_RUNNING_NODES = (*_FUNCTIONS, ast.Lambda)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_MAY_GIVE_OBJECTS = frozenset({ast.Attribute, ast.Await, ast.BoolOp, ast.Call, ast.IfExp, ast.Name, ast.Subscript})
_OPENING = frozenset((*_FUNCTIONS, *_COMPREHENSIONS, ast.Lambda, ast.ClassDef, ast.comprehension))
_MAY_BE_FALSY = frozenset({"ChainMap", "Counter", "Decimal", "Fraction", "OrderedDict", "UserDict", "UserList"})
_PLATFORM_NAMES = frozenset({"sys.platform", "os.name", "platform.system", "platform"})
_OTHER_PLATFORMS = ("win", "nt", "darwin", "cygwin", "macos")
_OTHER_PLATFORM_FLAGS = frozenset(
    f"{prefix}{name}"
    for prefix in ("", "is_", "on_", "_is_", "_")
    for name in ("windows", "win", "win32", "macos", "mac", "darwin", "osx")
)
_OWN_NAMES = frozenset({"socket.gethostname", "socket.getfqdn", "platform.node"})
_MAXIMUM_DEPTH = 40
_MAXIMUM_BINDINGS = 40
_MOST_ELEMENTS = 4
_MOST_GUARDS = 4
# What is given more is a record of values.
_MOST_HANDED = 8
_SHORTEST_SLEEP = 0.01
_SHORTEST_BEGINNING = 2
_SIZED_QUEUES = frozenset({"queue.Queue", "queue.LifoQueue", "queue.PriorityQueue"})
_PASSED_THROUGH = frozenset(
    {"contextlib.closing", "contextlib.aclosing", "builtins.iter", "asyncio.shield", "copy.copy", "copy.deepcopy"}
)
_WITH_DEFAULT_FACTORY = frozenset({"dataclasses.field", "pydantic.Field", "attr.ib", "attrs.field", "attr.field"})
_PROVIDERS = frozenset({"fastapi.Depends", "fastapi.Security"})
_LOOP_TESTS = frozenset(
    {
        "get_running_loop",
        "_get_running_loop",
        "is_running",
        "current_async_library",
        "in_async_context",
        "get_current_task",
    }
)
# What functions of a project are called that tell whether the loop runs: `_loop_is_running()`, `in_event_loop()`.
_ASKING_FOR_LOOP = pattern(
    r"_*(?:is_|has_|in_)?(?:an?_|the_)?(?:async(?:io)?_)?(?:event_)?loop_(?:is_)?(?:already_)?(?:running|active)"
    r"|_*(?:is_)?(?:running_)?(?:in|inside|within|has)_(?:an?_|the_)?(?:active_|running_|current_)?"
    r"(?:async(?:io)?_)?(?:event_)?loop"
)
_MAY_OPEN = pattern(r"dump|load|read|save|write|_from_")
_ALIASING = frozenset(
    {
        "typing.Annotated",
        "typing_extensions.Annotated",
        "typing.Optional",
        "typing.Union",
        "typing.Callable",
        "collections.abc.Callable",
    }
)
# What is asked of a query, and hardly of anything else that is called `query`.
_OF_QUERIES = frozenset({"filter", "filter_by", "join", "options", "order_by", "outerjoin", "with_entities"})
_ALTERNATIVES = frozenset({"typing.Optional", "typing.Union"})
_COROUTINE_TESTS = frozenset({"iscoroutine", "iscoroutinefunction", "isawaitable", "is_async_callable"})
# Without a place to write to these give a text.
_TABLE_WRITERS = frozenset({"to_csv", "to_json", "to_html", "to_markdown", "to_latex", "to_string", "to_xml"})
_READERS = frozenset(
    {
        *("open", "load", "ZipFile", "save", "copyfileobj", "loadtxt", "parse", "genfromtxt"),
        *("to_excel", "to_parquet", "to_pickle", *_TABLE_WRITERS),
    }
)
_LISTING = frozenset({"glob", "iglob", "iterdir", "listdir", "scandir"})
# What writes to, or reads from, a file that may be given by its name or open.
_TAKING_FILES = frozenset(
    {
        *("File", "fromfile", "imread", "imsave", "imwrite", "iterparse", "mimread", "mimsave", "open_workbook"),
        *(
            "save_image",
            "savefig",
            "savetxt",
            "savez_compressed",
            "write",
            "write_avro",
            "write_csv",
            "write_excel",
        ),
        *("write_feather", "write_ipc", "write_parquet", "write_table"),
    }
)
_SENDING = ("execute", "scalar", "scalars")
_STATEMENTS = frozenset({"delete", "insert", "select", "text", "update"})
_TEMPORARY = frozenset({"NamedTemporaryFile", "TemporaryFile", "fdopen"})
_WRITES_WHOLE = frozenset({"write_bytes", "write_text"})
_RUNNING = frozenset({"run", "run_until_complete"})
_ASKING_FOR_FILES = frozenset({"exists", "is_dir", "is_file", "isdir", "isfile"})
# What archives do within themselves: the others read or write files beside them.
_OF_ARCHIVES = frozenset({"addfile", "getmembers", "getnames", "testzip"})
_BUILTINS_THAT_RUN = frozenset(
    f"builtins.{name}" for name in ("open", "input", "map", "filter", "sorted", "min", "max", "super")
)
_BUILTINS_THAT_ITERATE = frozenset(
    f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "dict", "sum", "any", "all")
)
_PIPE_READS = frozenset({"read", "readline", "readlines"})
_ENDING_OF_PROCESSES = ("communicate", "kill", "poll", "returncode", "terminate", "wait")
_FILE_READS = frozenset({"read", "read1", "readall", "readinto", "readline", "readlines"})
_CONNECTIONS_TO_MEMORY = frozenset({"duckdb.DuckDBPyConnection", "sqlite3.Connection"})
_ATTACHING = ("ATTACH ", "INSTALL ", "read_csv", "read_json", "read_parquet")
_OF_FILES_OR_MEMORY = frozenset({"duckdb.connect", "sqlite3.connect"})
# These wait for the interval that they are given, and without one for nothing.
_LOAD_OF_PROCESSORS = frozenset({"cpu_percent", "cpu_times_percent"})
# What says that `os.waitpid` and `os.spawnl` are not to wait.
_AT_ONCE_NAMES = frozenset({"P_NOWAIT", "P_NOWAITO", "P_DETACH", "WNOHANG"})
# What tells a library that fetches models to take only what is there already.
_FROM_DISK = "local_files_only"
_DATAGRAMS = frozenset({"SOCK_DGRAM"})
_STREAMS = frozenset({"SOCK_STREAM"})
_SOCKET_CALLS = frozenset({"accept", "connect", "recv", "recv_into", "recvfrom", "send", "sendall", "sendto"})
_MEMORY_FILES = frozenset({"io.BytesIO", "io.StringIO", "tempfile.SpooledTemporaryFile"})
# What they give holds the elements of what they are given, or is one of these.
_OF_ELEMENTS = frozenset(
    f"builtins.{name}"
    for name in (
        *("enumerate", "filter", "list", "max", "min", "next", "reversed", "set", "sorted", "tuple", "zip"),
        *("frozenset",),
    )
)
_LITERALS: dict[type[ast.expr], str] = {
    ast.Dict: "builtins.dict",
    ast.DictComp: "builtins.dict",
    ast.List: "builtins.list",
    ast.ListComp: "builtins.list",
    ast.Set: "builtins.set",
    ast.SetComp: "builtins.set",
    ast.Tuple: "builtins.tuple",
    ast.JoinedStr: "builtins.str",
}


class Site(NamedTuple):
    """
    One place in a function where something is run.

    `kind` is CALL, WITH, LOOP or ATTRIBUTE, `line` to `end_column` where the node stands (1-based lines,
    columns in UTF-8 bytes as `ast` gives them), `term` what is called, entered, iterated or looked up,
    `flags` a sum of AWAITED and so on, `arguments` the arguments that may be functions, by position or name.
    """

    kind: int
    line: int
    column: int
    end_line: int
    end_column: int
    term: int
    flags: int
    arguments: tuple[tuple[int | str, int], ...]

    def is_at(self, node: ast.expr) -> bool:
        """Whether a node begins on the same line and ends at the same place: that of this site in its tree."""
        return (self.line, self.end_line, self.end_column) == (node.lineno, node.end_lineno, node.end_col_offset)


FALSY, TRUTHY, IS_NONE, NOT_NONE, ANYTHING = range(5)
"""What a parameter has to be, or what its default is."""


class Guard(NamedTuple):
    """
    What a place needs a parameter to be (FALSY, TRUTHY, IS_NONE or NOT_NONE), and the parameter's default.

    With `texts` it is whether the parameter is one of these that is to be true (TRUTHY) or not (FALSY).
    """

    parameter: str
    wanted: int
    default: int
    texts: tuple[str, ...] = ()

    def told_by(self, value: ast.expr | None) -> int:
        """What a value given for the parameter, or its default, is for this guard, as `known_value` says."""
        if not self.texts:
            return known_value(value)
        if not isinstance(value, ast.Constant):
            return ANYTHING
        return TRUTHY if value.value in self.texts else FALSY


class FunctionFacts(NamedTuple):
    """
    One function, method or lambda.

    `name` is dotted within the module, `owner` the class whose method it is (""), `role` one of "",
    "static", "class", "property"; `parameters` and `keyword_only` are names; `returns` is the term of the
    annotation, `returned` and `yielded` those of the values; `called` names the parameters that it calls
    (without awaiting what they give); `stub` tells that the body does nothing; `loop_aware` that it asks
    whether an event loop runs; `first_yield` is a line or 0; `guards` is what places need of parameters, each
    for one place or more.
    """

    name: str
    line: int
    is_async: bool
    is_generator: bool
    owner: str
    role: str
    decorators: tuple[int, ...]
    parameters: tuple[str, ...]
    keyword_only: tuple[str, ...]
    returns: int
    returned: tuple[int, ...]
    yielded: tuple[int, ...]
    switches: tuple[tuple[str, bool], ...]
    called: tuple[str, ...]
    stub: bool
    loop_aware: bool
    first_yield: int
    guards: tuple[tuple[Guard, ...], ...]
    sites: tuple[Site, ...]


class ClassFacts(NamedTuple):
    """
    One class: `bases` and `decorators` are terms, `methods` maps names to numbers of functions, `attributes`
    names to terms of what instances hold.
    """

    name: str
    line: int
    bases: tuple[int, ...]
    decorators: tuple[int, ...]
    methods: dict[str, int]
    attributes: dict[str, int]


class ModuleFacts(NamedTuple):
    """
    One module: its name, the table of terms, functions, classes by dotted name, the terms of its variables
    and imports by name, of what it puts on an application's state by `state.` and the name, and of what it hands
    to functions of the project by `handed.`, the function's last name and the parameter (`handed.Store.path`,
    `handed.Store.0`), constants by dotted name, the modules of its star imports, and how it puts an application
    together.
    """

    name: str
    is_package: bool
    terms: list[Term]
    functions: Sequence[FunctionFacts]
    named: dict[str, int]
    classes: dict[str, ClassFacts]
    exports: dict[str, int]
    constants: dict[str, int | float | str | bool]
    stars: tuple[str, ...]
    wiring: Wiring

    def qualified(self, local: str) -> str:
        """The qualified name of what has a dotted name within the module."""
        return f"{self.name}.{local}" if self.name else local

    def function(self, qualname: str) -> FunctionFacts | None:
        """The function or method of the module that has a qualified name; None for what it does not define."""
        local = qualname.removeprefix(f"{self.name}.")
        number = self.named.get(local) if local != qualname else None
        return self.functions[number] if number is not None else None

    def receiver(self, function: FunctionFacts) -> str:
        """The qualified name of the class whose method a function of the module is; "" for none."""
        return self.qualified(function.owner) if function.owner else ""


def to_plain(facts: ModuleFacts) -> tuple[object, ...]:
    """The facts in built-in containers only, for storage; each function by itself as `marshal` gives it."""
    functions = [
        marshal.dumps(
            (
                *function[:-2],
                tuple(tuple(map(tuple, guards)) for guards in function.guards),
                tuple(map(tuple, function.sites)),
            )
        )
        for function in facts.functions
    ]
    classes = {name: tuple(one) for name, one in facts.classes.items()}
    wiring = to_plain_wiring(facts.wiring)
    return (*facts[:3], functions, facts.named, classes, *facts[6:9], wiring)


def from_plain(plain: Sequence[object]) -> ModuleFacts:
    """The facts out of what `to_plain` gave. Raises TypeError or ValueError for anything else."""
    facts = ModuleFacts(*plain)  # type: ignore[arg-type]
    functions = _Stored(facts.functions)  # type: ignore[arg-type]
    classes = {name: ClassFacts(*one) for name, one in facts.classes.items()}
    wiring = from_plain_wiring(facts.wiring)
    return facts._replace(functions=functions, classes=classes, wiring=wiring)


class _Stored(Sequence[FunctionFacts]):
    """Functions in stored form: most are never asked for, and only those that are get their own shape."""

    __slots__ = ("_made", "_plain")

    def __init__(self, plain: Sequence[bytes]) -> None:
        self._plain = plain
        self._made: dict[int, FunctionFacts] = {}

    def __len__(self) -> int:
        return len(self._plain)

    @overload
    def __getitem__(self, number: int) -> FunctionFacts: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[FunctionFacts]: ...

    def __getitem__(self, number: int | slice) -> FunctionFacts | Sequence[FunctionFacts]:
        if isinstance(number, slice):
            return list(self)[number]
        made = self._made.get(number)
        if made is None:
            plain = marshal.loads(self._plain[number])
            guards = tuple(tuple(map(Guard._make, several)) for several in plain[-2])
            made = FunctionFacts._make((*plain[:-2], guards, tuple(map(Site._make, plain[-1]))))
            self._made[number] = made
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def facts_of(module: Module, is_package: bool = False) -> ModuleFacts:
    """What the module says, by its own text alone."""
    return _Reader(module, is_package).read()


class _Open:
    """A function whose sites are being collected."""

    __slots__ = (
        *("called", "finished", "first_yield", "guards", "leaving", "loop_aware", "name", "returned", "sites"),
        "yielded",
    )

    def __init__(self, name: str) -> None:
        self.name = name
        self.sites: list[Site] = []
        self.returned: list[int] = []
        self.yielded: list[int] = []
        self.called: set[str] = set()
        self.loop_aware = False
        self.finished = False
        self.first_yield = 0
        self.guards: list[tuple[Guard, ...]] = []
        self.leaving: list[tuple[int, int]] | None = None

    def number_of(self, guards: tuple[Guard, ...]) -> int:
        """The number of some guards, times GUARD."""
        if guards not in self.guards:
            self.guards.append(guards)
        return GUARD * (self.guards.index(guards) + 1)


class _Reader:
    """Reads one module's facts off its index."""

    def __init__(self, module: Module, is_package: bool) -> None:
        self.module = module
        self.names = module.names
        self.parents = module.index.parents
        self.scopes = module.index.scopes
        self.is_package = is_package
        self.terms: list[Term] = [("?",), ("O",)]
        self.numbers: dict[Term, int] = {("?",): UNKNOWN, ("O",): NONE}
        self.places: dict[ast.AST, tuple[ast.AST | None, Scope]] = {}
        self.known_names: dict[tuple[Scope, str], int] = {}
        self.settled_names: dict[tuple[Scope, str], int] = {}
        self.known_sites: dict[ast.AST, int] = {}
        self.reading: set[ast.AST] = set()
        self.local_names: dict[ast.AST, str] = {}
        self.open: dict[ast.AST, _Open] = {}
        self.contexts: dict[ast.AST, int] = {}
        self.shared: set[str] | None = None
        self.asking_for_addresses: set[ast.If] | None = None
        self.never_run: set[ast.AST] | None = None
        self.makes_memory_files: bool | None = None
        self.attaches: bool | None = None
        self.sessions: set[ast.arg] | None = None
        self.early_returns: dict[ast.AST, tuple[ast.If | None, int]] = {}
        self.answered_from: dict[ast.AST, int] = {}
        self.other_platform_from: dict[ast.AST, int] = {}
        self.loop_tests = [call for call in module.nodes(ast.Call) if last_name(call.func) in _LOOP_TESTS]
        self.lines_of_loop_tests: list[int] | None = None
        self.depth = 0

    def number(self, *term: object) -> int:
        """The number of a term, entered into the table if it is new."""
        found = self.numbers.get(term)
        if found is None:
            found = self.numbers[term] = len(self.terms)
            self.terms.append(term)
        return found

    # -- where a node stands -----------------------------------------------------------------------------

    def place(self, node: ast.AST) -> tuple[ast.AST | None, Scope]:
        """The function or lambda that runs a node (None: module or class body), and the node's scope."""
        places, parents = self.places, self.parents
        known = places.get(node)
        if known is not None:
            return known
        passed: list[ast.AST] = []
        current = node
        found: tuple[ast.AST | None, Scope] | None = None
        while found is None:
            passed.append(current)
            parent = parents.get(current)
            if parent is None:
                found = (None, self.module.index.root)
                break
            kind = parent.__class__
            if kind in _OPENING:
                found = self.place_within(current, parent, kind)
                if found is not None:
                    break
            current = parent
            found = places.get(current)
        for one in passed:
            places[one] = found
        return found

    def place_within(
        self, node: ast.AST, parent: ast.AST, kind: type[ast.AST]
    ) -> tuple[ast.AST | None, Scope] | None:
        """The place of a child of what opens a scope; None where it is the place of what is around that."""
        if kind is ast.FunctionDef or kind is ast.AsyncFunctionDef:
            return (parent, self.scopes[parent]) if isinstance(node, ast.stmt) else None
        if kind is ast.Lambda:
            return (parent, self.scopes[parent]) if node is parent.body else None  # type: ignore[attr-defined]
        if kind is ast.ClassDef:
            return (None, self.scopes[parent]) if isinstance(node, ast.stmt) else None
        if kind is ast.comprehension:
            owner = self.parents[parent]
            if node is parent.iter and owner.generators[0] is parent:  # type: ignore[attr-defined]
                return self.place(owner)
            return None
        return (self.place(parent)[0], self.scopes[parent])

    def local_name(self, node: ast.AST) -> str:
        """The dotted name of a function, class or lambda within the module."""
        name = self.local_names.get(node)
        if name is None:
            if isinstance(node, ast.Lambda):
                own = f"<lambda:{node.lineno}:{node.col_offset}>"
            else:
                own = node.name  # type: ignore[attr-defined]
            current = self.parents.get(node)
            while current is not None and not isinstance(current, _DEFINITIONS):
                current = self.parents.get(current)
            name = own if current is None else f"{self.local_name(current)}.{own}"
            self.local_names[node] = name
        return name

    def qualified(self, local: str) -> str:
        return f"{self.module.name}.{local}" if self.module.name else local

    # -- terms -------------------------------------------------------------------------------------------

    def term(self, expression: ast.expr, scope: Scope) -> int:
        """The number of the term that an expression stands for."""
        kind = expression.__class__
        if kind is ast.Name:
            return self.term_of_name(expression, scope)  # type: ignore[arg-type]
        if kind is ast.Constant:
            value = expression.value  # type: ignore[attr-defined]
            return NONE if value is None else self.instance(f"builtins.{type(value).__name__}")
        literal = _LITERALS.get(kind)
        if literal is not None:
            return self.container(literal, elements(expression))
        if kind is ast.Attribute and expression.value.__class__ is ast.Name:  # type: ignore[attr-defined]
            if expression.attr == "query" and self.is_query_of_model(expression):  # type: ignore[attr-defined]
                return self.instance("sqlalchemy.orm.Query")
            return self.attribute(self.term_of_name(expression.value, scope), expression.attr)  # type: ignore[attr-defined]
        if self.depth > _MAXIMUM_DEPTH:
            return UNKNOWN
        self.depth += 1
        try:
            return self.term_of_compound(expression, scope)
        finally:
            self.depth -= 1

    def instance(self, class_name: str) -> int:
        return self.number("T", self.number("N", class_name))

    def is_query_of_model(self, query: ast.expr) -> bool:
        """Whether an expression is `Model.query`, as Flask-SQLAlchemy has it, by what is done with it."""
        method = self.parents.get(query)
        return (
            isinstance(method, ast.Attribute)
            and method.attr in _OF_QUERIES
            and (query.value.id == "cls" or reads_as_class(query.value.id))  # type: ignore[attr-defined]
        )

    def container(self, class_name: str, held: Sequence[ast.expr]) -> int:
        """The term of a list, set or dictionary that holds some objects; of these nothing where one is unknown."""
        if not held or self.depth > _MAXIMUM_DEPTH:
            return self.instance(class_name)
        self.depth += 1
        try:
            numbers = [self.term(one, self.place(one)[1]) for one in held]
        finally:
            self.depth -= 1
        kept = tuple(dict.fromkeys(number for number in numbers if number != NONE))
        if not kept or UNKNOWN in kept or any(map(self.is_literal, kept)):
            return self.instance(class_name)
        return self.number("Q", class_name, kept)

    def filled(self, made: ast.expr | None, key: Key) -> int:
        """The term of what is made empty and filled further down; UNKNOWN for others."""
        held = put_in(self.module, key) if is_empty(made) else ()
        if made is None or not held or not all(isinstance(one, OBJECTS) for one in held):
            return UNKNOWN
        name = last_name(made.func) if isinstance(made, ast.Call) else ""
        is_plain = name in ("list", "set")
        number = self.container(_LITERALS.get(type(made), f"builtins.{name if is_plain else 'dict'}"), held)
        return number if self.terms[number][0] == "Q" else UNKNOWN

    def term_of_compound(self, expression: ast.expr, scope: Scope) -> int:
        if isinstance(expression, ast.Attribute):
            inner = self.term(expression.value, scope)
            return self.attribute(inner, expression.attr)
        if isinstance(expression, ast.Call):
            return self.term_of_call(expression, scope)
        if isinstance(expression, ast.Await):
            return self.term_of_await(expression, scope)
        if isinstance(expression, ast.NamedExpr):
            return self.term(expression.value, scope)
        if isinstance(expression, ast.IfExp):
            sides = [self.term(expression.body, scope), self.term(expression.orelse, scope)]
            return self.one_of("V" if self.may_be_handed_in(sides) else "U", sides)
        if isinstance(expression, ast.BoolOp):
            return self.one_of("V", [self.term(value, scope) for value in expression.values])
        if isinstance(expression, ast.Subscript):
            inner = self.term(expression.value, scope)
            if self.qualname(inner) in _ALIASING:
                return self.annotation(expression, scope)
            return self.number("B", inner) if inner else UNKNOWN
        if isinstance(expression, ast.Lambda):
            return self.number("N", self.qualified(self.local_name(expression)))
        if isinstance(expression, ast.GeneratorExp):
            number = self.container("builtins.list", elements(expression))
            return number if self.terms[number][0] == "Q" else UNKNOWN
        if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Div):
            left = self.term(expression.left, scope)
            return left if self.terms[left] == ("T", self.number("N", "pathlib.Path")) else self.number("/", left)
        if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.BitOr):
            return self.term_of_alternatives(expression, scope)
        return UNKNOWN

    def term_of_alternatives(self, expression: ast.BinOp, scope: Scope) -> int:
        """The term of `Store = FileStore | DatabaseStore`, as of a `Union`; unknown where no class is named."""
        sides = [self.annotation(side, scope) for side in (expression.left, expression.right)]
        if UNKNOWN in sides or not all(self.names_classes(side) for side in sides):
            return UNKNOWN
        return self.number("G", self.number("N", "typing.Union"), tuple(sides))

    def names_classes(self, number: int) -> bool:
        """Whether a term is the name of what by its spelling is a class, None, or several of these."""
        if number == NONE:
            return True
        term = self.terms[number]
        if term[0] == "U":
            return all(self.names_classes(part) for part in term[1])  # type: ignore[attr-defined]
        return reads_as_class(self.qualname(number).rpartition(".")[2])

    def attribute(self, inner: int, name: str) -> int:
        if not inner:
            return UNKNOWN
        term = self.terms[inner]
        if term[0] == "N":
            return self.number("N", f"{term[1]}.{name}")
        return self.number("A", inner, name)

    def one_of(self, kind: str, numbers: Sequence[int]) -> int:
        """One term for several: none of them being unknown, less those that are None."""
        kept = tuple(dict.fromkeys(number for number in numbers if number != NONE))
        if not kept:
            return NONE if numbers else UNKNOWN
        if kind == "U" and UNKNOWN in kept:
            return UNKNOWN
        if len(kept) == 1:
            return kept[0]
        return self.number(kind, kept)

    def qualname(self, number: int) -> str:
        term = self.terms[number]
        return str(term[1]) if term[0] == "N" else ""

    def term_of_call(self, call: ast.Call, scope: Scope) -> int:
        function = self.term(call.func, scope)
        if not function:
            if isinstance(call.func, ast.Attribute) and call.args:
                if call.func.attr == "enter_context":
                    return self.number("E", self.term(call.args[0], scope))
            return UNKNOWN
        name = self.qualname(function)
        if name:
            special = self.term_of_special_call(name, call, scope)
            if special is not None:
                return special
        elif isinstance(call.func, ast.Attribute) and call.args:
            if call.func.attr in ("enter_context", "enter_async_context"):
                return self.number("E", self.term(call.args[0], scope))
        if call.keywords:
            switches = tuple(
                (keyword.arg, keyword.value.value)
                for keyword in call.keywords
                if isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)
            )
            if switches:
                return self.number("C", function, switches)
        return self.number("C", function)

    def term_of_special_call(self, name: str, call: ast.Call, scope: Scope) -> int | None:
        """The term of a call whose result depends on its arguments; None for all others."""
        first = call.args[0] if call.args else None
        if name == "builtins.super":
            owner = self.enclosing_class(call)
            return self.number("X", self.local_name(owner)) if owner is not None else UNKNOWN
        if name in ("functools.partial", "functools.partialmethod") and first is not None:
            return self.term(first, scope)
        if name in ("typing.cast", "typing_extensions.cast") and first is not None:
            return self.number("T", self.annotation(first, scope))
        if name in _PROVIDERS:
            return self.number("D", self.term(first, scope)) if first is not None else UNKNOWN
        if name in _PASSED_THROUGH and first is not None:
            return self.term(first, scope)
        if name in CONTEXT_FACTORIES and first is not None:
            return self.number("M", self.term(first, scope))
        if name == "builtins.getattr" and len(call.args) > 1:
            return self.term_of_named_method(call, scope)
        if name in _OF_ELEMENTS and first is not None:
            return self.term_of_elements(name.rpartition(".")[2], call, scope)
        if name in _SIZED_QUEUES and (call.args or call.keywords):
            size = first if first is not None else call.keywords[0].value
            if not (isinstance(size, ast.Constant) and size.value == 0):
                return self.instance(f"{name}(maxsize)")
        if name in _OF_FILES_OR_MEMORY and _is_in_memory(call) and not self.attaches_databases():
            return UNKNOWN
        if name in _WITH_DEFAULT_FACTORY:
            for keyword in call.keywords:
                if keyword.arg in ("default_factory", "factory"):
                    made = self.term(keyword.value, scope)
                    return self.number("C", made) if made else UNKNOWN
                if keyword.arg == "default":
                    return self.term(keyword.value, scope)
            return UNKNOWN
        return None

    def term_of_named_method(self, call: ast.Call, scope: Scope) -> int | None:
        """The term of `getattr(self, f"handle_{kind}")`: one of the methods of the class whose names begin so."""
        holder, named = self.term(call.args[0], scope), call.args[1]
        owner = self.enclosing_class(call)
        beginning = named.values[0] if isinstance(named, ast.JoinedStr) and len(named.values) > 1 else None
        if self.terms[holder][0] != "S" or owner is None or not isinstance(beginning, ast.Constant):
            return None
        methods = self.module.members(owner).methods
        found = [name for name in methods if name.startswith(str(beginning.value)) and name != beginning.value]
        if not found or len(str(beginning.value).strip("_")) < _SHORTEST_BEGINNING:
            return None
        several = tuple(self.number("A", holder, name) for name in found)
        return self.number("B", self.number("Q", "builtins.dict", several))

    def term_of_elements(self, name: str, call: ast.Call, scope: Scope) -> int | None:
        """The term of what a builtin makes of the elements of what it is given; None where they are not known."""
        if any(isinstance(argument, ast.Starred) for argument in call.args):
            return None
        given = [self.term(argument, scope) for argument in call.args]
        if name == "filter":
            given = given[1:]
        if not given or UNKNOWN in given[:1]:
            return None
        elements = tuple(self.number("I", number) if number else UNKNOWN for number in given)
        if name == "next" or (name in ("max", "min") and len(given) == 1):
            return elements[0]
        if name in ("max", "min"):
            return None
        if name == "enumerate":
            element = self.number("L", (self.instance("builtins.int"), elements[0]))
        else:
            element = self.number("L", elements) if name == "zip" else elements[0]
        return self.number("Q", "builtins.list", (element,))

    def term_of_await(self, expression: ast.Await, scope: Scope) -> int:
        value = expression.value
        if isinstance(value, ast.Call) and value.args:
            if self.qualname(self.term(value.func, scope)) == "asyncio.wait_for":
                value = value.args[0]
        inner = self.term(value, scope)
        return self.number("W", inner) if inner else UNKNOWN

    def enclosing_class(self, node: ast.AST) -> ast.ClassDef | None:
        current = self.parents.get(node)
        while current is not None and not isinstance(current, ast.ClassDef):
            current = self.parents.get(current)
        return current

    # -- names -------------------------------------------------------------------------------------------

    def term_of_name(self, name: ast.Name, scope: Scope) -> int:
        identifier = name.id
        seen = (scope, identifier)
        found = self.settled_names.get(seen)
        if found is not None:
            return found
        owner = scope.owner(identifier)
        if owner is None:
            if scope.is_builtin(identifier):
                found = self.number("N", f"builtins.{identifier}")
            else:
                root = self.module.index.root
                found = self.number("N", self.qualified(identifier)) if root.stars else UNKNOWN
            self.settled_names[seen] = found
            return found
        sites = owner.bindings[identifier]
        if len(sites) > _MAXIMUM_BINDINGS:
            return UNKNOWN
        if len(sites) > 1 and name in self.parents and self.place(name)[1] is owner:
            reaching = self.reaching(name, sites)
            if reaching is not None:
                return self.term_of_site(reaching)
            before = self.before(name, sites)
            if len(before) < len(sites):
                return self.term_of_sites(before)
        key = (owner, identifier)
        found = self.known_names.get(key)
        if found is None:
            if len(sites) == 1:
                found = self.term_of_site(sites[0])
            else:
                found = self.term_of_sites(sites)
            self.known_names[key] = found
        if len(sites) == 1:
            self.settled_names[seen] = found
        return found

    def term_of_sites(self, sites: Iterable[ast.AST]) -> int:
        sites = list(sites)
        definitions = [site for site in sites if isinstance(site, _DEFINITIONS)]
        if len(definitions) == len(sites):
            return self.term_of_site(sites[-1])
        imported = self.imported_if_there(sites)
        if imported is not None:
            return self.term_of_site(imported)
        numbers = []
        for site in sites:
            if isinstance(site, ast.Name) and isinstance(site.ctx, ast.Del):
                continue
            if isinstance(site, ast.Name) and isinstance(self.parents.get(site), ast.AugAssign):
                continue
            numbers.append(self.term_of_site(site))
        is_lenient = any(map(self.may_be_left_out, sites)) and self.may_be_handed_in(numbers)
        return self.one_of("V" if is_lenient else "U", numbers)

    def imported_if_there(self, sites: Sequence[ast.AST]) -> ast.AST | None:
        """
        The import that the other bindings of a name stand in for where it fails; None for other bindings.

        They stand in a handler of the `try`, or in the `else` of the `if`, in whose body the import stands.
        """
        imports = [site for site in sites if isinstance(site, ast.alias)]
        for site in imports:
            statement = self.parents[site]
            around = self.parents.get(statement)
            if isinstance(around, (ast.If, ast.Try)) and statement in around.body:
                rest: set[ast.AST] = {*around.orelse}
                if isinstance(around, ast.Try):
                    rest.update(around.handlers)
                elif len(imports) > 1:
                    return None
                if all(one is site or not rest.isdisjoint([one, *self.module.ancestors(one)]) for one in sites):
                    return site
        return None

    def may_be_left_out(self, site: ast.AST) -> bool:
        """Whether a site is a parameter that is None by default: what is made instead counts."""
        default = self.names.binding(site).value if isinstance(site, ast.arg) else None
        return isinstance(default, ast.Constant) and default.value is None

    def term_of_site(self, site: ast.AST) -> int:
        """The term of what a binding site binds."""
        found = self.known_sites.get(site)
        if found is not None:
            return found
        if site in self.reading:
            return UNKNOWN
        self.reading.add(site)
        try:
            found = self.read_site(site)
        finally:
            self.reading.discard(site)
        self.known_sites[site] = found
        return found

    def read_site(self, site: ast.AST) -> int:
        if isinstance(site, ast.alias):
            return self.number("N", self.names.imported(site))
        if isinstance(site, _DEFINITIONS):
            return self.number("N", self.qualified(self.local_name(site)))
        if isinstance(site, ast.arg):
            return self.read_parameter(site)
        binding = self.names.binding(site)
        kind = binding.kind
        if kind in (BindingKind.ASSIGNMENT, BindingKind.ANNOTATION) and isinstance(site, ast.Name):
            if binding.annotation is None or says_nothing_of_contents(binding.annotation):
                owner = self.module.owner_of(site) if is_empty(binding.value) else None
                filled = self.filled(binding.value, (owner, site.id)) if owner is not None else UNKNOWN
                if filled:
                    return filled
        if binding.annotation is not None:
            said = self.number("T", self.annotation(binding.annotation, self.place(binding.annotation)[1]))
            if not tells_nothing(self.terms, said):
                return said
            if binding.value is None:
                return NONE
        value = binding.value
        if value is None:
            return self.element(site) if kind is BindingKind.UNPACKED else UNKNOWN
        if kind is BindingKind.ASSIGNMENT:
            return self.term(value, self.place(value)[1])
        if kind is BindingKind.CONTEXT:
            inner = self.term(value, self.place(value)[1])
            statement = self.parents.get(self.parents.get(value, value))
            if not inner:
                return UNKNOWN
            return self.number("F" if isinstance(statement, ast.AsyncWith) else "E", inner)
        if kind is BindingKind.LOOP:
            inner = self.term(value, self.place(value)[1])
            return self.number("I", inner) if inner else UNKNOWN
        return UNKNOWN

    def element(self, site: ast.AST) -> int:
        """The term of what a name gets in `name, other = call()` and `for name, other in pairs`."""
        target = self.parents.get(site)
        if not isinstance(target, (ast.Tuple, ast.List)):
            return UNKNOWN
        statement = self.parents.get(target)
        if any(isinstance(one, ast.Starred) for one in target.elts):
            return UNKNOWN
        position = [one is site for one in target.elts].index(True)
        if isinstance(statement, (ast.For, ast.comprehension)) and target is statement.target:
            inner = self.term(statement.iter, self.place(statement.iter)[1])
            return self.number("Z", self.number("I", inner), position) if inner else UNKNOWN
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, (ast.Await, ast.Call)):
            return UNKNOWN
        inner = self.term(statement.value, self.place(statement.value)[1])
        return self.number("Z", inner, position) if inner else UNKNOWN

    def read_parameter(self, site: ast.arg) -> int:
        arguments = self.parents[site]
        assert isinstance(arguments, ast.arguments)
        function = self.parents[arguments]
        if site is arguments.vararg:
            return self.instance("builtins.tuple")
        if site is arguments.kwarg:
            return self.instance("builtins.dict")
        if isinstance(function, _FUNCTIONS):
            holder = self.parents.get(function)
            positional = [*arguments.posonlyargs, *arguments.args]
            if isinstance(holder, ast.ClassDef) and positional and positional[0] is site:
                role = self.role(function)
                if role != "static":
                    as_class = role == "class" or function.name in ("__new__", "__init_subclass__")
                    return self.number("K" if as_class else "S", self.local_name(holder))
        default = self.names.binding(site).value
        if site.annotation is None or _is_of_callable(site.annotation):
            named = self.default_callable(default, function)
            if named:
                return named
        if site.annotation is not None:
            annotation = self.annotation(site.annotation, self.place(function)[1])
            if annotation:
                said = self.number("T", annotation)
                if self.is_of_anything(annotation):
                    return self.number("P", self.local_name(function), site.arg)
                if getattr(function, "name", "") == "__init__" and _is_of_callable(site.annotation):
                    return self.number("Y", said, self.number("P", self.local_name(function), site.arg))
                return said
        if isinstance(default, ast.Call):
            scope = self.place(function)[1]
            if self.qualname(self.term(default.func, scope)) in _PROVIDERS:
                return self.term(default, scope)
        if site in self.session_parameters():
            return self.instance("sqlalchemy.orm.Session")
        given = self.given_by_callers(function, site)
        return given if given else self.number("P", self.local_name(function), site.arg)

    def default_callable(self, default: ast.expr | None, function: ast.AST) -> int:
        """The term of a class or function that a parameter is by default, mostly for tests to hand in another."""
        if not isinstance(default, (ast.Name, ast.Attribute)) or last_name(default).strip("_").isupper():
            return UNKNOWN
        number = self.term(default, self.place(function)[1])
        return number if self.terms[number][0] == "N" else UNKNOWN

    def given_by_callers(self, function: ast.AST, site: ast.arg) -> int:
        """What the calls of a function in its own module give for a parameter, where they say one thing of it."""
        if not isinstance(function, _FUNCTIONS) or isinstance(self.parents.get(function), ast.ClassDef):
            return UNKNOWN
        positional = [*function.args.posonlyargs, *function.args.args]
        position = positional.index(site) if site in positional else None
        found = UNKNOWN
        for call in self.module.calls_named(function.name):
            scope = self.place(call)[1]
            if not isinstance(call.func, ast.Name) or list(scope.lookup(call.func.id)) != [function]:
                continue
            argument = self.module.argument(call, site.arg, position)
            number = self.term(argument, scope) if argument is not None else UNKNOWN
            if self.terms[number][0] != "T" or self.is_literal(number):
                continue
            if found not in (UNKNOWN, number):
                return UNKNOWN
            found = number
        return found

    def session_parameters(self) -> set[ast.arg]:
        """
        The parameters without an annotation that are synchronous SQLAlchemy sessions, by what is called on them.

        Only those have `query`, to which a class or a column is given; an `AsyncSession` has none, and what it is
        told to execute is awaited.
        """
        if self.sessions is None:
            found: set[ast.arg] = set()
            if self.module.imports("sqlalchemy", "sqlmodel"):
                for call in self.module.calls_named("query"):
                    is_method = isinstance(call.func, ast.Attribute) and not self.module.awaited(call)
                    if is_method and _names_a_class(call):
                        found.update(self.parameters_behind(call.func.value))  # type: ignore[attr-defined]
                for call in self.module.calls_named(*_SENDING):
                    if isinstance(call.func, ast.Attribute) and self.sends_a_statement(call):
                        found.update(self.parameters_behind(call.func.value))
            self.sessions = found
        return self.sessions

    def parameters_behind(self, expression: ast.expr) -> list[ast.arg]:
        """The parameter that a name, or an attribute of `self` that `__init__` fills, stands for."""
        if isinstance(expression, ast.Name):
            sites = self.place(expression)[1].lookup(expression.id)
            return [site for site in sites if isinstance(site, ast.arg)] if len(sites) == 1 else []
        if isinstance(expression, ast.Attribute) and isinstance(expression.value, ast.Name):
            owner = self.enclosing_class(expression) if expression.value.id == "self" else None
            bindings = self.module.members(owner).attributes.get(expression.attr, ()) if owner is not None else ()
            values = [binding.value for binding, method in bindings if method is not None]
            if len(values) == 1 and isinstance(values[0], ast.Name):
                return self.parameters_behind(values[0])
        return []

    def role(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
        """How a method is bound: "", "static", "class" or "property"."""
        for decorator in function.decorator_list:
            name = decorator.id if isinstance(decorator, ast.Name) else getattr(decorator, "attr", "")
            if name == "staticmethod":
                return "static"
            if name in ("classmethod", "validator", "field_validator", "root_validator"):
                return "class"
            if name in ("property", "cached_property", "hybrid_property", "computed_field"):
                return "property"
        return ""

    def reaching(self, name: ast.Name, sites: Sequence[ast.AST]) -> ast.AST | None:
        """The one binding that a use of a name can only see: the last before it, in a block around it."""
        position = (name.lineno, name.col_offset)
        last: ast.AST | None = None
        last_statement: ast.AST | None = None
        best = (-1, -1)
        for site in sites:
            if isinstance(site, ast.arg):
                at = (0, 0)
                statement: ast.AST | None = None
            else:
                if not isinstance(site, (ast.Name, *_FUNCTIONS, ast.ClassDef)):
                    return None
                statement = site
                while statement is not None and not isinstance(statement, ast.stmt):
                    statement = self.parents.get(statement)
                if statement is None:
                    return None
                at = (site.lineno, site.col_offset)
                if not isinstance(statement, (ast.With, ast.AsyncWith, ast.For, ast.AsyncFor)):
                    end = (statement.end_lineno or 0, statement.end_col_offset or 0)
                    if (statement.lineno, statement.col_offset) <= position <= end:
                        continue
            if best < at < position:
                last, last_statement, best = site, statement, at
        if last is None:
            return None
        if last_statement is None:
            # The parameter's own value, unless a loop brings a later binding back.
            return last if not self.in_loop(name) else None
        return last if self.is_behind(name, last_statement) else None

    def before(self, name: ast.Name, sites: Sequence[ast.AST]) -> Sequence[ast.AST]:
        """The bindings that a use of a name in their own scope can see: outside loops, those before it."""
        if self.in_loop(name) or not all(isinstance(site, (ast.Name, ast.arg)) for site in sites):
            return sites
        position = (name.lineno, name.col_offset)
        seen = []
        for site in sites:
            if isinstance(site, ast.Name):
                statement = self.parents[site]
                end = (getattr(statement, "end_lineno", 0), getattr(statement, "end_col_offset", 0))
                is_later = position < end if isinstance(statement, (ast.Assign, ast.AnnAssign)) else False
                if is_later or position < (site.lineno, site.col_offset):
                    continue
            seen.append(site)
        return seen or sites

    def in_loop(self, node: ast.AST) -> bool:
        current = self.parents.get(node)
        while current is not None and not isinstance(current, _RUNNING_NODES):
            if isinstance(current, (ast.For, ast.AsyncFor, ast.While)):
                return True
            current = self.parents.get(current)
        return False

    def is_behind(self, node: ast.AST, statement: ast.AST) -> bool:
        """Whether a node stands in the body of `statement` or in a later statement of the same block."""
        block = self.parents.get(statement)
        child, current = node, self.parents.get(node)
        while current is not None:
            if current is statement:
                return child in getattr(statement, "body", ())
            if current is block:
                return any(
                    isinstance(part, list) and statement in part and child in part
                    for part in (getattr(block, field, None) for field in ("body", "orelse", "finalbody"))
                )
            child, current = current, self.parents.get(current)
        return False

    # -- annotations -------------------------------------------------------------------------------------

    def annotation(self, expression: ast.expr, scope: Scope) -> int:
        """The term of an annotation, as a class and not as an instance of it."""
        if isinstance(expression, ast.Constant):
            if isinstance(expression.value, str):
                try:
                    parsed = ast.parse(expression.value.strip(), mode="eval").body
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    return UNKNOWN
                return self.annotation(parsed, scope)
            return NONE if expression.value is None else UNKNOWN
        if isinstance(expression, (ast.Name, ast.Attribute)):
            meant = self.term(expression, scope)
            name = self.qualname(meant)
            if name in _CONNECTIONS_TO_MEMORY and self.has_databases_in_memory_only():
                return UNKNOWN
            # A stream of any kind may as well be one in memory.
            return UNKNOWN if name == "io.IOBase" else meant
        if self.depth > _MAXIMUM_DEPTH:
            return UNKNOWN
        self.depth += 1
        try:
            if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.BitOr):
                return self.one_of_classes(
                    [self.annotation(side, scope) for side in (expression.left, expression.right)]
                )
            if isinstance(expression, ast.Subscript):
                outer = self.term(expression.value, scope)
                inner = expression.slice
                parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
                numbers = [self.annotation(part, scope) for part in parts]
                if self.qualname(outer) in _ALTERNATIVES and any(map(self.is_of_anything, numbers)):
                    return self.one_of_classes(numbers)
                return self.number("G", outer, tuple(numbers))
            if isinstance(expression, ast.Call):
                return self.term(expression, scope)
        finally:
            self.depth -= 1
        return UNKNOWN

    def one_of_classes(self, numbers: Sequence[int]) -> int:
        """One annotation for several; anything beside a class says nothing of it."""
        told = [number for number in numbers if number != NONE and not self.is_of_anything(number)]
        return self.one_of("U", told if told else numbers)

    def is_of_anything(self, number: int) -> bool:
        return self.terms[number] in OF_ANYTHING

    def has_databases_in_memory_only(self) -> bool:
        """Whether the module opens databases of SQLite or DuckDB, and only such as are kept in memory."""
        opened = [
            call for call in self.module.calls_named("connect") if self.module.callee(call) in _OF_FILES_OR_MEMORY
        ]
        return bool(opened) and all(map(_is_in_memory, opened)) and not self.attaches_databases()

    def attaches_databases(self) -> bool:
        """Whether the module has statements for a database in memory that lead it to files or servers."""
        if self.attaches is None:
            self.attaches = any(
                isinstance(one.value, str) and any(word in one.value for word in _ATTACHING)
                for one in self.module.nodes(ast.Constant)
            )
        return self.attaches

    # -- reading -----------------------------------------------------------------------------------------

    def read(self) -> ModuleFacts:
        """All facts of the module."""
        index = self.module.index
        definitions: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda] = []
        for kind in (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda):
            definitions.extend(index.nodes.get(kind, ()))  # type: ignore[arg-type]
        definitions.sort(key=lambda node: (node.lineno, node.col_offset))
        for definition in definitions:
            self.open[definition] = _Open(self.local_name(definition))
        classes = self.read_classes()
        self.read_flow_nodes()
        self.read_sites()
        functions: list[FunctionFacts] = []
        named: dict[str, int] = {}
        numbers: dict[ast.AST, int] = {}
        for definition in definitions:
            facts = self.close(definition)
            numbers[definition] = len(functions)
            known = named.get(facts.name)
            if known is None or not self.is_lesser(definition, functions[known]):
                named[facts.name] = len(functions)
            functions.append(facts)
        if self.module.tree in self.open:
            functions.append(self.own_level())
        for name, one in list(classes.items()):
            methods = {method: named[f"{name}.{method}"] for method in one.methods if f"{name}.{method}" in named}
            classes[name] = one._replace(methods=methods)
        exports: dict[str, int] = {}
        for name, sites in index.root.bindings.items():
            exports[name] = self.term_of_site(sites[0]) if len(sites) == 1 else self.term_of_sites(sites)
        exports.update(self.read_states())
        exports.update(self.read_handed())
        return ModuleFacts(
            self.module.name,
            self.is_package,
            self.terms,
            functions,
            named,
            classes,
            exports,
            self.read_constants(),
            tuple(self.star_module(star) for star in index.root.stars),
            wiring_of(self.module),
        )

    def read_states(self) -> dict[str, int]:
        """What the module puts on the state of an application (`app.state.pool = ...`), by `state.pool`."""
        found: dict[str, list[int]] = {}
        for state in self.module.attributes_named("state"):
            target = self.parents[state]
            if not isinstance(target, ast.Attribute) or target.ctx.__class__ is not ast.Store:
                continue
            assignment = self.parents[target]
            value = assignment.value if isinstance(assignment, (ast.Assign, ast.AnnAssign)) else None
            term = self.term(value, self.place(assignment)[1]) if value is not None else UNKNOWN
            found.setdefault(STATE + target.attr, []).append(term)
        return {name: self.one_of("U", numbers) for name, numbers in found.items()}

    def read_handed(self) -> dict[str, int]:
        """What calls hand to functions and classes of the module and its package, by `handed.Store.path`."""
        found: dict[str, list[tuple[int, int]]] = {}
        for call in self.module.nodes(ast.Call):
            function = call.func
            if function.__class__ is not ast.Name or not 0 < len(call.args) + len(call.keywords) <= _MOST_HANDED:
                continue
            scope = self.place(call)[1]
            if not self.is_of_project(scope.lookup(function.id)):
                continue
            callee = self.term(function, scope)
            last = self.qualname(callee).rpartition(".")[2]
            places: list[tuple[int | str | None, ast.expr]] = [*enumerate(call.args)]
            places += [(keyword.arg, keyword.value) for keyword in call.keywords]
            for place, argument in places:
                if place is not None and argument.__class__ in _MAY_GIVE_OBJECTS:
                    given = self.term(argument, scope)
                    found.setdefault(f"{HANDED}{last}.{place}", []).append((callee, given))
        return {name: self.number("H", tuple(dict.fromkeys(pairs))) for name, pairs in found.items()}

    def is_of_project(self, sites: Sequence[ast.AST]) -> bool:
        """
        Whether a name is bound once, to a function or class whose parameters calls may tell of.

        That is one that the module imports out of its own package, or defines with parameters without annotation.
        """
        site = sites[0] if len(sites) == 1 else None
        if isinstance(site, _FUNCTIONS):
            return _leaves_open(site, 0)
        if isinstance(site, ast.ClassDef):
            return any(
                isinstance(one, ast.FunctionDef) and one.name == "__init__" and _leaves_open(one, 1)
                for one in site.body
            )
        statement = self.parents.get(site) if isinstance(site, ast.alias) else None
        if not isinstance(statement, ast.ImportFrom):
            return False
        package = (statement.module or "").partition(".")[0]
        own, _, further = self.module.name.partition(".")
        return bool(statement.level) or package == own or (not further and package not in sys.stdlib_module_names)

    def is_lesser(self, definition: ast.AST, known: FunctionFacts) -> bool:
        """Whether a second definition of a name does not take the first one's place: setters, stubs."""
        for decorator in getattr(definition, "decorator_list", ()):
            if isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter"):
                return True
        return not known.stub and is_stub(definition)

    def star_module(self, star: str) -> str:
        """The absolute name of a star import's module, written with leading dots."""
        level = len(star) - len(star.lstrip("."))
        statement = ast.ImportFrom(module=star.lstrip(".") or None, names=[], level=level)
        return self.names.imported_module(statement)

    def read_classes(self) -> dict[str, ClassFacts]:
        classes: dict[str, ClassFacts] = {}
        for node in self.module.nodes(ast.ClassDef):
            scope = self.place(node)[1]
            members = self.module.members(node)
            name = self.local_name(node)
            attributes: dict[str, int] = {}
            for attribute, bindings in members.attributes.items():
                known = [binding for binding, _ in bindings]
                attributes[attribute] = self.filled_member(node, attribute, known) or self.term_of_member(known)
            bases = [self.annotation(base, scope) for base in node.bases]
            classes[name] = ClassFacts(
                name,
                node.lineno,
                tuple(bases),
                tuple(self.decorator(one, scope) for one in node.decorator_list),
                dict.fromkeys(members.methods, 0),
                attributes,
            )
        return classes

    def filled_member(self, owner: ast.ClassDef, name: str, bindings: Sequence[Binding]) -> int:
        """The term of an attribute that is made empty, and filled by methods; UNKNOWN for others."""
        if not any(is_empty(binding.value) for binding in bindings) or not all(
            (binding.value is None or is_empty(binding.value))
            and (binding.annotation is None or says_nothing_of_contents(binding.annotation))
            for binding in bindings
        ):
            return UNKNOWN
        made = next(binding.value for binding in bindings if binding.value is not None)
        return self.filled(made, (owner, name))

    def term_of_member(self, bindings: Sequence[object]) -> int:
        numbers: list[int] = []
        for binding in bindings:
            annotation: ast.expr | None = binding.annotation  # type: ignore[attr-defined]
            if annotation is not None:
                found = self.annotation(annotation, self.place(annotation)[1])
                said = self.number("T", found) if found else UNKNOWN
                if said and not tells_nothing(self.terms, said):
                    return said
        for binding in bindings:
            kind: BindingKind = binding.kind  # type: ignore[attr-defined]
            value: ast.expr | None = binding.value  # type: ignore[attr-defined]
            if kind in (BindingKind.DELETION, BindingKind.AUGMENTED, BindingKind.ANNOTATION):
                continue
            if value is None:
                numbers.append(UNKNOWN)
                continue
            inner = self.term(value, self.place(value)[1])
            if kind is BindingKind.CONTEXT:
                inner = self.number("E", inner) if inner else UNKNOWN
            elif kind is not BindingKind.ASSIGNMENT:
                inner = UNKNOWN
            numbers.append(inner)
        return self.one_of("V" if self.may_be_handed_in(numbers) else "U", numbers)

    def may_be_handed_in(self, numbers: Sequence[int]) -> bool:
        """Whether values are known, save that a caller may hand in another: `self.client = client or Client()`."""
        if UNKNOWN in numbers:
            return False
        handed = sum(tells_nothing(self.terms, number) for number in numbers)
        return 0 < handed < len(numbers)

    def decorator(self, decorator: ast.expr, scope: Scope) -> int:
        """The term of a decorator, a call of a decorator factory standing for the factory."""
        return self.term(uncalled(decorator), scope)

    def read_constants(self) -> dict[str, int | float | str | bool]:
        constants: dict[str, int | float | str | bool] = {}
        root = self.module.index.root
        for scope in (root, *(scope for scope in self.scopes.values() if scope.kind is ScopeKind.CLASS)):
            prefix = "" if scope is root else f"{self.local_name(scope.node)}."
            for name, sites in scope.bindings.items():
                if len(sites) == 1 and isinstance(sites[0], ast.Name):
                    value = self.names.binding(sites[0]).value
                    sign = 1
                    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
                        value, sign = value.operand, -1
                    if isinstance(value, ast.Constant) and isinstance(value.value, (int, float, str)):
                        constant = value.value
                        constants[f"{prefix}{name}"] = constant if sign == 1 else -constant  # type: ignore[operator]
        return constants

    def read_flow_nodes(self) -> None:
        """Note what functions return and yield."""
        for node in self.module.nodes(ast.Return):
            if node.value is not None:
                owner, scope = self.place(node)
                if owner is not None:
                    self.open[owner].returned.append(self.returned(node.value, scope))
        for lambda_node in self.module.nodes(ast.Lambda):
            scope = self.scopes[lambda_node]
            self.open[lambda_node].returned.append(self.term(lambda_node.body, scope))
        for kind in (ast.Yield, ast.YieldFrom):
            for yielding in self.module.nodes(kind):
                owner, scope = self.place(yielding)
                if owner is None:
                    continue
                opened = self.open[owner]
                value: ast.expr | None = yielding.value  # type: ignore[attr-defined]
                inner = self.term(value, scope) if value is not None else NONE
                if kind is ast.YieldFrom:
                    self.add(opened, LOOP, yielding, inner, 0, ())
                    inner = self.number("I", inner) if inner else UNKNOWN
                opened.yielded.append(inner)
                line: int = yielding.lineno
                opened.first_yield = min(opened.first_yield or line, line)

    def returned(self, value: ast.expr, scope: Scope) -> int:
        """The term of what a function returns: a tuple with its elements."""
        if value.__class__ is not ast.Tuple or len(value.elts) > _MOST_ELEMENTS:
            return self.term(value, scope)
        return self.number("L", tuple(self.term(element, scope) for element in value.elts))

    def add(
        self,
        opened: _Open,
        kind: int,
        node: ast.AST,
        term: int,
        flags: int,
        arguments: tuple[tuple[int | str, int], ...],
    ) -> None:
        opened.sites.append(
            Site(
                kind,
                node.lineno,  # type: ignore[attr-defined]
                node.col_offset,  # type: ignore[attr-defined]
                node.end_lineno,  # type: ignore[attr-defined]
                node.end_col_offset,  # type: ignore[attr-defined]
                term,
                flags,
                arguments,
            )
        )

    def read_sites(self) -> None:
        called: set[ast.AST] = set()
        for call in self.module.nodes(ast.Call):
            called.add(call.func)
            owner, scope = self.place(call)
            if owner is not None:
                self.read_call(call, owner, scope)
            elif last_name(call.func) in _RUNNING:
                self.read_run(call)
        for kind in (ast.With, ast.AsyncWith):
            for statement in self.module.nodes(kind):
                owner, scope = self.place(statement)
                if owner is None or kind is ast.AsyncWith:
                    continue
                for item in statement.items:  # type: ignore[attr-defined]
                    term = self.term(item.context_expr, scope)
                    if term:
                        flags = self.context(item.context_expr)
                        self.add(self.open[owner], WITH, item.context_expr, term, flags, ())
        for loop in self.module.nodes(ast.For):
            self.read_loop(loop.iter)
        for comprehension in self.module.nodes(ast.comprehension):
            if not comprehension.is_async:
                self.read_loop(comprehension.iter)
        self.read_attributes(called)

    def read_run(self, call: ast.Call) -> None:
        """Note a call of a module's own level that may run a coroutine, as scripts do, and what it is handed."""
        tree = self.module.tree
        handed = [argument for argument in call.args if isinstance(argument, ast.Call)]
        if not handed:
            return
        self.open.setdefault(tree, _Open(OWN_LEVEL))
        for one in (call, *handed):
            self.read_call(one, tree, self.module.index.root)

    def read_loop(self, iterable: ast.expr) -> None:
        owner, scope = self.place(iterable)
        if owner is None:
            return
        term = self.term(iterable, scope)
        if term and self.terms[term][0] not in ("P", "O") and not self.is_literal(term):
            self.add(self.open[owner], LOOP, iterable, term, self.context(iterable), ())

    def is_literal(self, number: int) -> bool:
        term = self.terms[number]
        if term[0] == "T":
            return self.qualname(term[1]).startswith("builtins.")  # type: ignore[arg-type]
        return term[0] == "Q"

    def read_attributes(self, called: set[ast.AST]) -> None:
        """Note the attributes that are looked up and may be properties, once each in a function."""
        seen: set[tuple[ast.AST, int]] = set()
        own: dict[str, set[str]] = {}
        for attribute in self.module.nodes(ast.Attribute):
            if attribute in called or attribute.ctx.__class__ is not ast.Load:
                continue
            value = attribute.value
            if value.__class__ is ast.Constant:
                continue
            owner, scope = self.place(attribute)
            if owner is None:
                continue
            if attribute.attr == "done":
                self.open[owner].finished = True
            inner = self.term(value, scope)
            if not inner:
                continue
            head = self.terms[inner]
            if head[0] in ("N", "P", "O", "X"):
                continue
            if head[0] == "S":
                class_name = str(head[1])
                held = own.get(class_name)
                if held is None:
                    held = own[class_name] = self.plain_members(class_name)
                if attribute.attr in held:
                    continue
            term = self.attribute(inner, attribute.attr)
            if (owner, term) not in seen:
                seen.add((owner, term))
                flags = self.context(attribute)
                self.add(self.open[owner], ATTRIBUTE, attribute, term, flags, ())

    def plain_members(self, class_name: str) -> set[str]:
        """The attributes that a class itself stores and that are therefore no properties."""
        for node in self.module.nodes(ast.ClassDef):
            if self.local_name(node) == class_name:
                members = self.module.members(node)
                return set(members.attributes) - set(members.methods)
        return set()

    def read_call(self, call: ast.Call, owner: ast.AST, scope: Scope) -> None:
        opened = self.open[owner]
        function = call.func
        last = last_name(function)
        if last in _LOOP_TESTS or ("loop" in last and _ASKING_FOR_LOOP.fullmatch(last) is not None):
            opened.loop_aware = True
        elif last in ("done", "empty", "qsize", "add_done_callback"):
            opened.finished = True
        flags = AWAITED if self.module.awaited(call) else 0
        if isinstance(function, ast.Name) and not flags:
            sites = scope.lookup(function.id)
            if len(sites) == 1 and isinstance(sites[0], ast.arg):
                if self.parents.get(self.parents[sites[0]]) is owner:
                    opened.called.add(function.id)
        term = self.term(function, scope)
        if not term:
            return
        head = self.terms[term]
        if head[0] in ("P", "Y") and not flags:
            return
        if head[0] == "N":
            name = str(head[1])
            if name.startswith("builtins.") and name not in _BUILTINS_THAT_RUN:
                if name in _BUILTINS_THAT_ITERATE and call.args and not isinstance(call.args[0], ast.GeneratorExp):
                    self.read_loop(call.args[0])
                return
        elif head[0] == "A" and self.is_literal(head[1]):  # type: ignore[arg-type]
            return
        if last in _TEMPORARY and not is_filled(self.module, call):
            return
        if last in _SOCKET_CALLS and self.minds_that_it_would_block(call):
            return
        if last == "sleep" and isinstance(owner, ast.FunctionDef) and self.is_for_a_file_lock(call):
            return
        if last == "connect":
            if self.is_datagram_socket(function, owner) or self.is_of_this_machine(call):
                return
            if head[0] == "N" and head[1] in _OF_FILES_OR_MEMORY and _is_in_memory(call):
                # Opening takes no time, whatever is attached afterwards.
                return
        if last.startswith("gethostby") and self.names_this_machine(call):
            return
        if last == "getaddrinfo" and (
            self.names_this_machine(call)
            or (any(keyword.arg == "flags" for keyword in call.keywords) and self.asks_for_own_address(call))
        ):
            return
        if last.endswith("download") and self.takes_only_what_is_there(call):
            return
        if (
            self.is_told_not_to_wait(call, last)
            or (last == "get" and self.is_known_to_be_ready(call))
            or (last in ("wait", "communicate") and self.is_known_to_have_ended(call))
            or (last in _PIPE_READS and self.is_after_end(call))
        ):
            flags |= AT_ONCE
        flags |= self.context(call)
        if self.has_memory_files() and self.is_given_memory(call, scope):
            flags |= GIVES_MEMORY
        if last == "open" and self.is_for_names_only(call):
            flags |= UNLESS_FILE
        arguments: list[tuple[int | str, int]] = []
        for position, argument in enumerate(call.args):
            self.note_argument(arguments, position, argument, scope)
        for keyword in call.keywords:
            if keyword.arg is not None:
                self.note_argument(arguments, keyword.arg, keyword.value, scope)
        if last in _READERS or last in _WRITES_WHOLE or last.startswith("read"):
            if (
                (call.args and self.is_in_memory(call.args[0], scope))
                or self.is_opened_here(last, function)
                or self.is_closed_at_once(call)
                or self.names_a_file_in_memory(call)
                or (last == "parse" and call.args and self.is_open_file(call.args[0]))
                or (last in _TABLE_WRITERS and not call.args and not _names_a_target(call))
                or is_of_some_bytes(self.module, call)
                or is_of_small_file(self.module, call)
            ):
                flags |= MEMORY
            elif opens_text(call):
                flags |= ONE_TEXT
        elif last in _LISTING:
            if self.names_a_file_in_memory(call) or lists_small_folder(self.module, call):
                flags |= MEMORY
        elif last in _TAKING_FILES and call.args:
            if self.is_open_file(call.args[0]) or any(self.is_in_memory(one, scope) for one in call.args[:2]):
                flags |= MEMORY
        elif last in _OF_ARCHIVES and self.has_memory_files() and self.is_on_archive_in_memory(call, scope):
            flags |= MEMORY
        if call.args and call.args[0].__class__ is ast.Constant and _is_in_file_system_of_memory(call.args[0]):
            flags |= MEMORY | GIVES_MEMORY
        if _MAY_OPEN.search(last) is not None and hands_small_file(self.module, call):
            flags |= MEMORY | GIVES_MEMORY
        self.add(opened, CALL, call, term, flags, tuple(arguments))

    def note_argument(
        self, arguments: list[tuple[int | str, int]], key: int | str, argument: ast.expr, scope: Scope
    ) -> None:
        """Note an argument that may be a function."""
        kind = argument.__class__
        if kind is ast.Name:
            sites = scope.lookup(argument.id)  # type: ignore[attr-defined]
            if not sites or not isinstance(sites[0], (*_FUNCTIONS, ast.alias)):
                return
        elif kind is ast.Call:
            if last_name(argument.func) != "partial":  # type: ignore[attr-defined]
                return
        elif kind is not ast.Attribute and kind is not ast.Lambda:
            return
        term = self.term(argument, scope)
        if term:
            arguments.append((key, term))

    def names_a_file_in_memory(self, call: ast.Call) -> bool:
        """Whether a call opens or reads a path, a literal or a constant of the module, that is on no disk."""
        named = call.args[0] if call.args else None
        if isinstance(call.func, ast.Attribute):
            named = self.constant(call.func.value)
            if isinstance(named, ast.Call):
                named = named.args[0] if named.args else None
        return named is not None and _is_in_file_system_of_memory(self.constant(named))

    def constant(self, expression: ast.expr) -> ast.expr:
        """What the one binding of a module's constant gives it; other expressions as they are."""
        if isinstance(expression, ast.Name) and expression.id.strip("_").isupper():
            bindings = self.module.bindings(expression)
            if len(bindings) == 1 and bindings[0].value is not None:
                return bindings[0].value
        return expression

    def has_memory_files(self) -> bool:
        """Whether the module makes objects in memory that read like files."""
        if self.makes_memory_files is None:
            calls = self.module.calls_named("BytesIO", "StringIO", "SpooledTemporaryFile")
            self.makes_memory_files = any(True for _ in calls)
        return self.makes_memory_files

    def is_given_memory(self, call: ast.Call, scope: Scope) -> bool:
        given = (*call.args, *(keyword.value for keyword in call.keywords))
        return any(self.is_in_memory(argument, scope) for argument in given)

    def is_for_names_only(self, call: ast.Call) -> bool:
        """Whether a name is opened in a branch of an `if` that asks of what kind the name's value is."""
        opened = call.args[0] if call.args else None
        if not isinstance(opened, ast.Name):
            return False
        for ancestor in self.module.ancestors(call):
            if isinstance(ancestor, _FUNCTIONS):
                return False
            if isinstance(ancestor, ast.If) and any(
                isinstance(part, ast.Call)
                and isinstance(part.func, ast.Name)
                and part.func.id in ("isinstance", "hasattr")
                and bool(part.args)
                and isinstance(part.args[0], ast.Name)
                and part.args[0].id == opened.id
                for part in ast.walk(ancestor.test)
            ):
                return True
        return False

    def is_in_memory(self, argument: ast.expr, scope: Scope) -> bool:
        """Whether an argument is an object in memory that reads like a file."""
        if not isinstance(argument, (ast.Name, ast.Call)):
            return False
        term = self.terms[self.term(argument, scope)]
        return term[0] == "C" and self.qualname(term[1]) in _MEMORY_FILES  # type: ignore[arg-type]

    def is_open_file(self, argument: ast.expr) -> bool:
        """Whether an argument is what a `with` has opened: the opening is what counts."""
        return isinstance(argument, ast.Name) and any(
            binding.kind is BindingKind.CONTEXT for binding in self.module.bindings(argument)
        )

    def is_on_archive_in_memory(self, call: ast.Call, scope: Scope) -> bool:
        """Whether an archive is written to or read from memory, and what is added to it comes from memory."""
        archive = call.func.value if isinstance(call.func, ast.Attribute) else None
        if not isinstance(archive, ast.Name) or not all(self.is_in_memory(one, scope) for one in call.args[1:]):
            return False
        made = [binding.value for binding in self.module.bindings(archive)]
        return bool(made) and all(
            isinstance(value, ast.Call) and self.is_given_memory(value, scope) for value in made
        )

    def sends_a_statement(self, call: ast.Call) -> bool:
        """
        Whether a call sends a statement of SQLAlchemy, and what it gives is used where it stands, or not at all.

        That of an asynchronous session would be awaited.
        """
        if not call.args or not isinstance(self.parents.get(call), (ast.Attribute, ast.Expr)):
            return False
        statement = call.args[0]
        if isinstance(statement, ast.Name):
            bindings = self.module.bindings(statement)
            statement = bindings[0].value or statement if bindings else statement
        while isinstance(statement, ast.Call) and isinstance(statement.func, ast.Attribute):
            if not isinstance(statement.func.value, ast.Call):
                break
            statement = statement.func.value
        if not isinstance(statement, ast.Call) or last_name(statement.func) not in _STATEMENTS:
            return False
        return (self.module.qualname(statement.func) or "").startswith(("sqlalchemy.", "sqlmodel."))

    def minds_that_it_would_block(self, call: ast.Call) -> bool:
        """Whether a handler around a call is for a socket that does not block: its error says "not yet"."""
        return any(
            isinstance(ancestor, ast.Try)
            and any(
                isinstance(part, ast.Name) and part.id == "BlockingIOError"
                for handler in ancestor.handlers
                if handler.type is not None
                for part in ast.walk(handler.type)
            )
            for ancestor in self.module.ancestors(call)
        )

    def is_for_a_file_lock(self, call: ast.Call) -> bool:
        """Whether a pause is for another process to let go of a lock on a file, as the handler around it tells."""
        return any(
            isinstance(part, ast.Name) and part.id == "BlockingIOError"
            for ancestor in self.module.ancestors(call)
            if isinstance(ancestor, ast.ExceptHandler) and ancestor.type is not None
            for part in ast.walk(ancestor.type)
        )

    def is_told_not_to_wait(self, call: ast.Call, last: str) -> bool:
        for keyword in call.keywords:
            if isinstance(keyword.value, ast.Constant):
                value = keyword.value.value
                if keyword.arg in ("block", "blocking", "wait") and value is False:
                    return True
                if keyword.arg == "timeout" and value == 0 and value is not None:
                    return True
        if last in _LOAD_OF_PROCESSORS:
            interval = self.module.argument(call, "interval", 0)
            return interval is None or (isinstance(interval, ast.Constant) and not interval.value)
        if last == "waitpid" and len(call.args) > 1 and not isinstance(call.args[1], ast.Constant):
            return True
        if last == "select" and len(call.args) > 3:
            longest = call.args[3]
            return isinstance(longest, ast.Constant) and longest.value == 0 and longest.value is not None
        if last.startswith(("wait", "spawn")) and self.has_name_of(call, _AT_ONCE_NAMES):
            return True
        if call.args and isinstance(call.args[0], ast.Constant):
            value = call.args[0].value
            if last in ("acquire", "get", "wait", "join", "result") and (value is False or value == 0):
                return True
            if last == "sleep" and isinstance(value, (int, float)) and value < _SHORTEST_SLEEP:
                return True
        return last == "acquire" and self.is_fresh(call.func)

    def has_name_of(self, call: ast.Call, names: frozenset[str]) -> bool:
        """Whether one of the names, or an attribute called so, stands in the arguments."""
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        return any(
            isinstance(part, ast.expr) and last_name(part) in names
            for argument in given
            for part in ast.walk(argument)
        )

    def is_opened_here(self, last: str, function: ast.expr) -> bool:
        """Whether a method reads a file that its function itself has opened: the opening is what counts."""
        if last not in _FILE_READS:
            return False
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            return False
        scope = self.place(function)[1]
        if scope.owner(function.value.id) is not scope:
            return False
        sites = [site for site in scope.bindings[function.value.id] if not isinstance(site, ast.arg)]
        values = [self.names.binding(site).value for site in sites]
        # `os.fdopen` takes what is open already: there the reading counts.
        return any(
            isinstance(value, ast.Name) or (isinstance(value, ast.Call) and last_name(value) != "fdopen")
            for value in values
        )

    def is_closed_at_once(self, call: ast.Call) -> bool:
        """Whether a call is `open(path, "w")` in `open(path, "w").close()`, which only makes the file."""
        method = self.parents.get(call)
        return (
            isinstance(method, ast.Attribute)
            and method.attr == "close"
            and isinstance(self.parents.get(method), ast.Call)
        )

    def is_of_this_machine(self, call: ast.Call) -> bool:
        """Whether a socket connects to a port of this machine, which answers or refuses at once."""
        if len(call.args) != 1:
            return False
        address: ast.expr | None = call.args[0]
        if isinstance(address, ast.Name):
            bindings = self.module.bindings(address)
            address = bindings[0].value if len(bindings) == 1 else None
        if not isinstance(address, ast.Tuple) or not isinstance(address.elts[0], ast.Constant):
            return False
        return address.elts[0].value in ("127.0.0.1", "::1", "localhost")

    def names_this_machine(self, call: ast.Call) -> bool:
        """Whether a look-up is given the machine's own name, which is mostly known without asking anybody."""
        asked = call.args[0] if call.args else None
        if not isinstance(asked, ast.Name):
            return self.gives_own_name(asked)
        bindings = self.module.bindings(asked)
        if not bindings:
            return False
        site = bindings[0].site
        if isinstance(site, ast.arg):
            given = self.given_in_module(site)
            return bool(given) and all(map(self.gives_own_name, given))
        return self.gives_own_name(bindings[0].value)

    def takes_only_what_is_there(self, call: ast.Call) -> bool:
        """Whether a download from a hub of models is told to look only at what has been fetched before."""
        return any(
            keyword.arg == _FROM_DISK and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            for keyword in call.keywords
        )

    def gives_own_name(self, value: ast.expr | None) -> bool:
        """Whether a value, or what the one binding of a name gives it, is the machine's own name."""
        if isinstance(value, ast.Name):
            bindings = self.module.bindings(value)
            value = bindings[0].value if len(bindings) == 1 else None
        return isinstance(value, ast.Call) and self.module.callee(value) in _OWN_NAMES

    def given_in_module(self, parameter: ast.arg) -> list[ast.expr | None]:
        """What the calls of a function in its module give for a parameter by its position; None for nothing."""
        arguments = self.parents.get(parameter)
        function = self.parents.get(arguments) if arguments is not None else None
        if not isinstance(arguments, ast.arguments) or not isinstance(function, ast.FunctionDef):
            return []
        positions = [*arguments.posonlyargs, *arguments.args]
        if parameter not in positions:
            return []
        position = positions.index(parameter)
        return [
            call.args[position] if position < len(call.args) else None
            for call in self.module.calls_named(function.name)
            if isinstance(call.func, ast.Name)
        ]

    def asks_for_own_address(self, call: ast.Call) -> bool:
        """Whether an address is looked up to listen at."""
        flags = self.module.argument(call, "flags", 5)
        return flags is not None and "AI_PASSIVE" in map(last_name, _parts(flags))

    def is_known_to_have_ended(self, call: ast.Call) -> bool:
        """Whether a process is waited for where `poll()` has just said that it has ended."""
        function = call.func
        if not isinstance(function, ast.Attribute):
            return False
        process = _dotted(function.value)
        for ancestor in self.module.ancestors(call):
            test = ancestor.test if isinstance(ancestor, ast.If) else None
            if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot):
                asked = test.left
                if isinstance(asked, ast.Call) and last_name(asked.func) == "poll":
                    return _dotted(asked.func).rpartition(".")[0] == process
        return False

    def is_after_end(self, call: ast.Call) -> bool:
        """Whether a pipe of a process is read in a function that asks for the process's end, or ends it."""
        pipe = call.func.value if isinstance(call.func, ast.Attribute) else None
        if not isinstance(pipe, ast.Attribute) or pipe.attr not in ("stdout", "stderr"):
            return False
        process = _dotted(pipe.value)
        function = self.module.function_of(call)
        return any(
            self.module.function_of(asked) is function and _dotted(asked.value) == process
            for name in _ENDING_OF_PROCESSES
            for asked in self.module.attributes_named(name)
        )

    def is_datagram_socket(self, function: ast.expr, owner: ast.AST) -> bool:
        """
        Whether a method is called on a socket for datagrams, whose `connect` only notes the other side.

        The kind may stand in the constructor, or come from an address that was asked for with that kind.
        """
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            return False
        scope = self.place(function)[1]
        if scope.owner(function.value.id) is not scope:
            return False
        values = [self.names.binding(site).value for site in scope.bindings[function.value.id]]
        made = [value for value in values if isinstance(value, ast.Call) and last_name(value.func) == "socket"]
        if not made:
            return False
        if any(self.has_name_of(one, _DATAGRAMS) for one in made):
            return True
        if not isinstance(owner, _FUNCTIONS):
            return False
        kinds = {one.attr for one in self.module.own_nodes(owner) if isinstance(one, ast.Attribute)}
        return not kinds.isdisjoint(_DATAGRAMS) and kinds.isdisjoint(_STREAMS)

    def is_fresh(self, function: ast.expr) -> bool:
        """Whether a method is called on what the function itself has just made: nobody else holds it."""
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            return False
        scope = self.place(function)[1]
        owner = scope.owner(function.value.id)
        if owner is None or owner.kind is not ScopeKind.FUNCTION:
            return False
        sites = owner.bindings[function.value.id]
        return all(isinstance(self.names.binding(site).value, ast.Call) for site in sites)

    def is_known_to_be_ready(self, call: ast.Call) -> bool:
        """Whether a queue of processes is read where its reader is one of those that have something to read."""
        function = call.func
        readers = self.module.attributes_named("_reader")
        if not readers or not isinstance(function, ast.Attribute):
            return False
        queue = _dotted(function.value)
        return any(
            isinstance(ancestor, ast.If)
            and any(part in readers and _dotted(part.value) == queue for part in ast.walk(ancestor.test))  # type: ignore[attr-defined]
            for ancestor in self.module.ancestors(call)
        )

    def context(self, node: ast.AST) -> int:
        """The flags that a place has from the statements around it, BRANCH as many times as it applies."""
        child, current = node, self.parents.get(node)
        is_optional = is_repeated = False
        guard = 0
        while current is not None and not isinstance(child, ast.stmt):
            kind = current.__class__
            if kind is ast.BoolOp:
                if child is not current.values[0]:  # type: ignore[attr-defined]
                    is_optional = True
                    is_and = isinstance(current.op, ast.And)  # type: ignore[attr-defined]
                    guard = guard or self.guard(current.values[0], is_and)  # type: ignore[attr-defined]
            elif kind is ast.IfExp and child is not current.test:  # type: ignore[attr-defined]
                is_optional = True
                guard = guard or self.guard(current.test, child is current.body)  # type: ignore[attr-defined]
            elif kind in _COMPREHENSIONS and child.__class__ is not ast.comprehension:
                is_repeated = True
            child, current = current, self.parents.get(current)
        if current is None:
            return 0
        flags = self.context_of_statement(child)
        if is_repeated:
            flags |= IN_LOOP
        flags = self.with_guard(flags, guard, child)
        return _in_branch(flags) if is_optional else flags

    def context_of_statement(self, statement: ast.AST) -> int:
        known = self.contexts.get(statement)
        if known is not None:
            return known
        flags = 0
        parent = self.parents.get(statement)
        if isinstance(parent, ast.match_case):
            flags = _in_branch(self.context_of_statement(self.parents[parent]))
        elif isinstance(parent, ast.ExceptHandler):
            flags = 0
            attempt = self.parents.get(parent)
            if isinstance(attempt, ast.Try):
                if self.tests_loop(attempt.body) or self.finds_no_loop(parent, attempt):
                    flags |= OFF_LOOP
                if last_name(parent.type) == "AttributeError" and _awaits_something(attempt.body[0]):
                    flags |= OFF_LOOP
                flags |= _in_branch(self.context_of_statement(attempt))
        elif isinstance(parent, _HOLDING_STATEMENTS):
            pass
        elif isinstance(parent, ast.stmt):
            flags |= self.context_of_statement(parent)
            if isinstance(parent, _LOOPS) and statement in parent.body:
                flags |= IN_LOOP
            if isinstance(parent, ast.For) and statement in parent.body:
                # Nothing is run for each of none.
                flags = self.with_guard(flags, self.guard(parent.iter, True), statement)
            if isinstance(parent, ast.If):
                is_elif = isinstance(statement, ast.If) and parent.orelse == [statement]
                in_body = statement in parent.body
                if not is_elif and not (in_body and _asks_whether_there(parent.test)):
                    flags = _in_branch(flags)
                flags = self.with_guard(flags, self.guard(parent.test, in_body), statement)
                if self.is_off_by_default(parent.test, in_body) or (in_body and _asks_for_coroutine(parent.test)):
                    flags = _in_branch(_in_branch(flags))
                if in_body and _asks_for_class_name(parent.test):
                    # Which of a plain function's branches runs is then settled by who calls it.
                    flags |= OFF_LOOP if isinstance(self.module.function_of(parent), ast.FunctionDef) else 0
                if self.asks_for_another_platform(parent.test, in_body):
                    flags |= OFF_LOOP
                if in_body:
                    if parent in self.address_tests():
                        flags |= REMOTE
                elif not is_elif and self.prefers_a_coroutine(parent):
                    flags |= OFF_LOOP
                if statement in self.branch_without_loop(parent) and self.tests_loop([parent.test]):
                    flags |= OFF_LOOP
                if statement in parent.body and not flags & ONCE:
                    flags |= self.fills_what_it_tests(parent)
        if statement in self.statements_never_run():
            flags |= OFF_LOOP
        around = self.parents.get(parent) if isinstance(parent, ast.With) else parent
        if isinstance(around, _FUNCTIONS):
            flags |= self.follows_early_return(statement, around)
            if self.follows_other_answer(statement, around):
                flags |= OTHERWISE
            if self.follows_this_platform(statement, around):
                flags |= OFF_LOOP
            flags = self.with_guard(flags, self.guard_before(statement, around), statement)
        self.contexts[statement] = flags
        return flags

    def prefers_a_coroutine(self, branch: ast.If) -> bool:
        """
        Whether a branch awaits what its test has asked for, so that the other is for objects without coroutines.

        That is `hasattr(client, "aclose")`, or a test of what `getattr(client, "aclose", None)` has given.
        """
        if not any(map(_awaits_something, branch.body)):
            return False
        for part in ast.walk(branch.test):
            if isinstance(part, ast.Name):
                bindings = self.module.bindings(part)
                asked = bindings[0].value if len(bindings) == 1 else None
                part = asked if isinstance(asked, ast.Call) and last_name(asked.func) == "getattr" else part
            if isinstance(part, ast.Call) and self.attribute_asked_for(part):
                return True
            if isinstance(part, ast.Call) and last_name(part.func) in _COROUTINE_TESTS:
                return True
        return False

    def statements_never_run(self) -> set[ast.AST]:
        """The statements behind an `if True:` that leaves the function."""
        if self.never_run is None:
            self.never_run = set()
            for branch in self.module.nodes(ast.If):
                if branch.test.__class__ is ast.Constant and isinstance(branch.body[-1], (ast.Return, ast.Raise)):
                    block = getattr(self.parents[branch], "body", ())
                    if branch.test.value and branch in block:
                        self.never_run.update(block[block.index(branch) + 1 :])
        return self.never_run

    def guard(self, test: ast.expr, wanted: bool) -> int:
        """The number, times GUARD, of what a test coming out as wanted needs of a parameter; 0 for nothing."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.guard(test.operand, not wanted)
        test = _without_empty(test)
        if isinstance(test, ast.BoolOp):
            if isinstance(test.op, ast.And) is not wanted:
                return 0
            return next(filter(None, (self.guard(value, wanted) for value in test.values)), 0)
        asked = TRUTHY if wanted else FALSY
        texts: tuple[str, ...] = ()
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            operator, other = test.ops[0], test.comparators[0]
            if isinstance(operator, (ast.Is, ast.IsNot)):
                if not isinstance(other, ast.Constant) or other.value is not None:
                    return 0
                asked = IS_NONE if isinstance(operator, ast.Is) is wanted else NOT_NONE
            else:
                texts = _texts_asked_for(operator, other)
                if not texts:
                    return 0
                asked = TRUTHY if isinstance(operator, (ast.Eq, ast.In)) is wanted else FALSY
            test = test.left
        if not isinstance(test, ast.Name):
            return 0
        around = self.module.function_of(test)
        sites = self.place(test)[1].lookup(test.id)
        if len(sites) == 1 and isinstance(sites[0], ast.Name) and asked in (TRUTHY, FALSY) and not texts:
            # `wanted = names or []` is as full as `names`.
            value = self.names.binding(sites[0]).value
            given = _without_empty(value) if value is not None else None
            if given is value or not isinstance(given, ast.Name) or self.module.function_of(given) is not around:
                return 0
            test, sites = given, self.place(given)[1].lookup(given.id)
        if not sites or not isinstance(sites[0], ast.arg) or (len(sites) > 1 and not self.is_first(test, sites)):
            return 0
        bindings = self.module.bindings(test)
        owner = self.parents.get(self.parents[bindings[0].site])
        opened = self.open.get(owner) if owner is not None else None
        if opened is None or around is not owner:
            return 0
        guard = Guard(test.id, asked, ANYTHING, texts)
        return opened.number_of((guard._replace(default=guard.told_by(bindings[0].value)),))

    def with_guard(self, flags: int, further: int, statement: ast.AST) -> int:
        """The flags of a statement where one more guard, as `guard` gives it, has to let it; 0 is none."""
        if not further or flags < GUARD:
            return flags + further
        opened = self.open.get(self.module.function_of(statement))  # type: ignore[arg-type]
        if opened is None:
            return flags
        guards = opened.guards[flags // GUARD - 1]
        others = [one for one in opened.guards[further // GUARD - 1] if one not in guards]
        return flags % GUARD + opened.number_of((*guards, *others)[:_MOST_GUARDS])

    def is_first(self, name: ast.Name, sites: Sequence[ast.AST]) -> bool:
        """Whether a parameter is asked for before anything else is put under its name: `db = db or Database()`."""
        return not self.in_loop(name) and all(
            isinstance(site, ast.Name) and site.lineno >= name.lineno for site in sites[1:]
        )

    def guard_before(self, statement: ast.AST, function: ast.AST) -> int:
        """The number, times GUARD, of what a parameter has to be for an `if` before a statement not to leave."""
        opened = self.open.get(function)
        if opened is None:
            return 0
        if opened.leaving is None:
            opened.leaving = [
                (one.lineno, self.guard(one.test, False))
                for one in function.body  # type: ignore[attr-defined]
                if isinstance(one, ast.If) and not one.orelse and isinstance(one.body[-1], (ast.Return, ast.Raise))
            ]
        return next((guard for line, guard in opened.leaving if guard and line < statement.lineno), 0)  # type: ignore[attr-defined]

    def address_tests(self) -> set[ast.If]:
        """The `if` statements that ask what kind of address a text is: its scheme, or how it begins."""
        if self.asking_for_addresses is None:
            asking: list[ast.AST] = [
                call
                for call in self.module.calls_named("startswith")
                if call.args and _begins_an_address(call.args[0])
            ]
            asking += [one for one in self.module.nodes(ast.Compare) if last_name(one.left) == "scheme"]
            self.asking_for_addresses = set()
            for expression in asking:
                child, parent = expression, self.parents.get(expression)
                while isinstance(parent, ast.expr):
                    child, parent = parent, self.parents.get(parent)
                if isinstance(parent, ast.If) and parent.test is child:
                    self.asking_for_addresses.add(parent)
        return self.asking_for_addresses

    def is_off_by_default(self, test: ast.expr, wanted: bool) -> bool:
        """Whether a test comes out as wanted only where a caller sets a parameter that is True or False."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.is_off_by_default(test.operand, not wanted)
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is wanted:
            return any(self.is_off_by_default(value, wanted) for value in test.values)
        if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is):
            other = test.comparators[0]
            if isinstance(other, ast.Constant) and isinstance(other.value, bool):
                return self.is_off_by_default(test.left, wanted is other.value)
        if not isinstance(test, ast.Name):
            return False
        bindings = self.module.bindings(test)
        if len(bindings) != 1 or not isinstance(bindings[0].site, ast.arg):
            return False
        default = bindings[0].value
        return isinstance(default, ast.Constant) and default.value is (not wanted)

    def asks_for_another_platform(self, test: ast.expr, wanted: bool = True) -> bool:
        """Whether a test comes out as wanted only on Windows or macOS, where servers hardly run."""
        if isinstance(test, ast.Compare):
            operators = (ast.Eq, ast.In) if wanted else (ast.NotEq, ast.NotIn)
            return isinstance(test.ops[0], operators) and _is_platform(test.left, test.comparators)
        if isinstance(test, ast.UnaryOp):
            return isinstance(test.op, ast.Not) and self.asks_for_another_platform(test.operand, not wanted)
        if isinstance(test, ast.BoolOp):
            return isinstance(test.op, ast.And) is wanted and any(
                self.asks_for_another_platform(value, wanted) for value in test.values
            )
        if not wanted:
            return False
        asked_name = last_name(test)
        if asked_name.lower() in _OTHER_PLATFORM_FLAGS and not (isinstance(test, ast.Call) and test.args):
            return True
        if isinstance(test, ast.Name):
            values = [binding.value for binding in self.module.bindings(test)]
            return (
                len(values) == 1
                and isinstance(values[0], ast.Compare)
                and self.asks_for_another_platform(values[0])
            )
        if asked_name == "startswith" and isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute):
            return _is_platform(test.func.value, test.args)
        return False

    def fills_what_it_tests(self, statement: ast.If) -> int:
        """ONCE or KEPT where an `if x is None:` (`not x`, `key not in x`) assigns a shared x in its body."""
        tested = self.empty_when(statement.test)
        if any(name.startswith("self.") for name in tested) and all(map(_is_own_call, statement.body)):
            return KEPT
        return self.kept_as(tested, statement.body)

    def kept_as(self, tested: set[str], statements: Sequence[ast.stmt]) -> int:
        """
        ONCE or KEPT where the statements assign one of the tested names, else 0.

        ONCE for what belongs to a class or module and for a mark that is set to True, KEPT for an object's.
        """
        if tested.isdisjoint(self.shared_names()):
            return 0
        assigned = self.shared_targets(statements)
        flags = 0
        for name in tested & set(assigned):
            flags |= KEPT if name.startswith("self.") and not assigned[name] else ONCE
        return flags

    def shared_names(self) -> set[str]:
        """The dotted names of all attributes, items and module variables that the module assigns anywhere."""
        if self.shared is None:
            found: set[str] = set()
            for kind in (ast.Attribute, ast.Subscript):
                for target in self.module.nodes(kind):
                    if target.ctx.__class__ is ast.Store:  # type: ignore[attr-defined]
                        found.add(_dotted(target if kind is ast.Attribute else target.value))  # type: ignore[attr-defined]
            self.shared = found.union(self.module.index.root.bindings)
        return self.shared

    def empty_when(self, test: ast.expr) -> set[str]:
        """The dotted names that are empty, missing or false where a test holds."""
        if isinstance(test, ast.BoolOp):
            return {name for value in test.values for name in self.empty_when(value)}
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            operand = test.operand
            if isinstance(operand, ast.Call):
                return self.attribute_asked_for(operand)
            return self.names_of(operand)
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            other = test.comparators[0]
            if isinstance(test.ops[0], ast.NotIn):
                return {_dotted(other)} - {""}
            if isinstance(test.ops[0], (ast.Is, ast.Eq)) and isinstance(other, ast.Constant):
                if other.value is None or other.value is False:
                    if isinstance(test.left, ast.Call):
                        return self.attribute_asked_for(test.left)
                    return self.names_of(test.left)
                if other.value == 0 and isinstance(test.left, ast.Call) and last_name(test.left.func) == "len":
                    return {_dotted(argument) for argument in test.left.args} - {""}
        return set()

    def attribute_asked_for(self, call: ast.Call) -> set[str]:
        """The dotted name behind `hasattr(self, "x")` and `getattr(self, "x", None)`."""
        if isinstance(call.func, ast.Name) and call.func.id in ("hasattr", "getattr") and len(call.args) > 1:
            holder, name = call.args[:2]
            if isinstance(name, ast.Constant) and _dotted(holder):
                return {f"{_dotted(holder)}.{name.value!s}"}
        return set()

    def shared_targets(self, statements: Sequence[ast.stmt]) -> dict[str, bool]:
        """
        The dotted names of attributes, items and module variables that statements assign.

        Each with whether the value is a plain True.
        """
        found: dict[str, bool] = {}
        pending: list[ast.AST] = list(statements)
        while pending:
            node = pending.pop()
            if isinstance(node, _DEFINITIONS):
                continue
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                targets = list(node.targets)
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                targets = [node.target]
            value = getattr(node, "value", None)
            is_mark = isinstance(value, ast.Constant) and value.value is True
            for target in targets:
                inner = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
                for one in inner:
                    if isinstance(one, ast.Subscript):
                        found.setdefault(_dotted(one.value), False)
                    elif isinstance(one, ast.Attribute):
                        name = _dotted(one)
                        found[name] = found.get(name, False) or is_mark
                    elif isinstance(one, ast.Name) and self.is_of_module(one):
                        found[one.id] = found.get(one.id, False) or is_mark
            for field in ("body", "orelse", "finalbody", "handlers"):
                part = getattr(node, field, None)
                if isinstance(part, list):
                    pending.extend(part)
        return found

    def is_of_module(self, name: ast.Name) -> bool:
        owner = self.place(name)[1].owner(name.id)
        return owner is not None and owner.kind is ScopeKind.MODULE

    def follows_early_return(self, statement: ast.AST, function: ast.AST) -> int:
        """ONCE or KEPT where an `if x is not None: return ...` stands before, and the function assigns x."""
        known = self.early_returns.get(function)
        if known is None:
            known = self.early_returns[function] = self.first_early_return(function.body)  # type: ignore[attr-defined]
        returning, flags = known
        if returning is None or statement is returning:
            return 0
        return flags if (statement.lineno, statement.col_offset) > (returning.lineno, returning.col_offset) else 0  # type: ignore[attr-defined]

    def follows_other_answer(self, statement: ast.AST, function: ast.AST) -> bool:
        """Whether an `if` before a statement of a function's body returns an answer that it has already."""
        line = self.answered_from.get(function)
        if line is None:
            answers = (one.lineno for one in function.body if _gives_an_answer(one))  # type: ignore[attr-defined]
            line = self.answered_from[function] = next(answers, sys.maxsize)
        return bool(statement.lineno > line)  # type: ignore[attr-defined]

    def follows_this_platform(self, statement: ast.AST, function: ast.AST) -> bool:
        """Whether an `if` before a statement of a function's body leaves the function on what servers run on."""
        line = self.other_platform_from.get(function)
        if line is None:
            leaving = (
                one.lineno
                for one in function.body  # type: ignore[attr-defined]
                if isinstance(one, ast.If)
                and isinstance(one.body[-1], (ast.Return, ast.Raise))
                and self.asks_for_another_platform(one.test, False)
            )
            line = self.other_platform_from[function] = next(leaving, sys.maxsize)
        return bool(statement.lineno > line)  # type: ignore[attr-defined]

    def first_early_return(self, body: Sequence[ast.stmt]) -> tuple[ast.If | None, int]:
        """The first statement of a function that returns what is kept already, and how that is kept."""
        under_locks = (one for statement in body if isinstance(statement, ast.With) for one in statement.body)
        for statement in (*body, *under_locks):
            if isinstance(statement, ast.If) and _returns_what_is_kept(statement):
                flags = self.kept_as(self.filled_when(statement.test), body)
                if flags:
                    return statement, flags
        return None, 0

    def filled_when(self, test: ast.expr) -> set[str]:
        """The dotted names that are there where a test holds."""
        if isinstance(test, (ast.Name, ast.Attribute)):
            return self.names_of(test)
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            return {name for value in test.values for name in self.filled_when(value)}
        if isinstance(test, ast.Call):
            return self.attribute_asked_for(test)
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            other = test.comparators[0]
            if isinstance(test.ops[0], ast.In):
                return {_dotted(other)} - {""}
            if isinstance(test.ops[0], ast.IsNot) and isinstance(other, ast.Constant) and other.value is None:
                return self.names_of(test.left)
        return set()

    def names_of(self, expression: ast.expr) -> set[str]:
        """The dotted name of an expression, and of the table out of which a variable has been taken by a key."""
        names = {_dotted(expression)} - {""}
        if isinstance(expression, ast.Name):
            for binding in self.module.bindings(expression):
                value = binding.value
                if (
                    isinstance(value, ast.Call)
                    and isinstance(value.func, ast.Attribute)
                    and value.func.attr == "get"
                ):
                    names.add(_dotted(value.func.value))
        return names - {""}

    def branch_without_loop(self, statement: ast.If) -> list[ast.stmt]:
        test = statement.test
        negated = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is):
            negated = isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value is None
        return statement.body if negated else statement.orelse

    def tests_loop(self, nodes: Sequence[ast.expr | ast.stmt]) -> bool:
        """Whether a test of a running loop, or the name of what one gave, stands in nodes one after the other."""
        if not self.loop_tests or not self.has_loop_test_between(nodes[0].lineno, nodes[-1].end_lineno or 0):
            return False
        pending: list[ast.AST] = list(nodes)
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Call) and last_name(node.func) in _LOOP_TESTS:
                return True
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                values = [binding.value for binding in self.module.bindings(node)]
                if any(isinstance(one, ast.Call) and last_name(one.func) in _LOOP_TESTS for one in values):
                    return True
            if not isinstance(node, _RUNNING_NODES):
                pending.extend(ast.iter_child_nodes(node))
        return False

    def has_loop_test_between(self, first: int, last: int) -> bool:
        """Whether a test of a running loop, or a name that one may have given something, stands on some lines."""
        if self.lines_of_loop_tests is None:
            lines = {call.lineno for call in self.loop_tests}
            names: set[str] = set()
            for call in self.loop_tests:
                parts = list(ast.walk(self.module.statement(call)))
                names.update(part.arg for part in parts if isinstance(part, ast.arg))
                names.update(
                    part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
                )
            if names:
                lines.update(name.lineno for name in self.module.nodes(ast.Name) if name.id in names)
            self.lines_of_loop_tests = sorted(lines)
        position = bisect.bisect_left(self.lines_of_loop_tests, first)
        return position < len(self.lines_of_loop_tests) and self.lines_of_loop_tests[position] <= last

    def finds_no_loop(self, handler: ast.ExceptHandler, attempt: ast.Try) -> bool:
        """Whether a handler is for the error of `asyncio.get_event_loop()` that there is no loop."""
        return last_name(handler.type) == "RuntimeError" and any(
            attempt in self.module.ancestors(call) for call in self.module.calls_named("get_event_loop")
        )

    def close(self, definition: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> FunctionFacts:
        """The facts of a function whose sites are all there."""
        opened = self.open[definition]
        arguments = definition.args
        parameters = tuple(one.arg for one in (*arguments.posonlyargs, *arguments.args))
        keyword_only = tuple(one.arg for one in arguments.kwonlyargs)
        owner, role, returns = "", "", UNKNOWN
        decorators: tuple[int, ...] = ()
        switches: tuple[tuple[str, bool], ...] = ()
        if not isinstance(definition, ast.Lambda):
            scope = self.place(definition)[1]
            holder = self.parents.get(definition)
            if isinstance(holder, ast.ClassDef):
                owner = self.local_name(holder)
                role = self.role(definition)
            decorators = tuple(self.decorator(one, scope) for one in definition.decorator_list)
            if any(last_name(one) == "overload" for one in definition.decorator_list):
                switches = _switches(arguments)
            if definition.returns is not None:
                returns = self.annotation(definition.returns, scope)
                returns = UNKNOWN if self.is_of_anything(returns) else returns
        sites = sorted(opened.sites, key=_PLACE_OF_SITE)
        if opened.finished:
            sites = [site._replace(flags=site.flags | FINISHED) for site in sites]
        return FunctionFacts(
            opened.name,
            definition.lineno,
            isinstance(definition, ast.AsyncFunctionDef),
            bool(opened.yielded),
            owner,
            role,
            decorators,
            parameters,
            keyword_only,
            returns,
            tuple(dict.fromkeys(opened.returned)),
            tuple(dict.fromkeys(opened.yielded)),
            switches,
            tuple(sorted(opened.called)),
            is_stub(definition),
            opened.loop_aware,
            opened.first_yield,
            tuple(opened.guards),
            tuple(sites),
        )

    def own_level(self) -> FunctionFacts:
        """What the module's own level runs, in the shape of a function that no name leads to."""
        sites = tuple(sorted(self.open[self.module.tree].sites, key=_PLACE_OF_SITE))
        return FunctionFacts(
            OWN_LEVEL, 0, False, False, "", "", (), (), (), UNKNOWN, (), (), (), (), False, False, 0, (), sites
        )


_PLACE_OF_SITE = operator.itemgetter(slice(1, 5))


def _switches(arguments: ast.arguments) -> tuple[tuple[str, bool], ...]:
    """The parameters annotated as `Literal[True]` or `Literal[False]`, with the value."""
    return tuple(
        (one.arg, one.annotation.slice.value)
        for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        if isinstance(one.annotation, ast.Subscript)
        and last_name(one.annotation.value) == "Literal"
        and isinstance(one.annotation.slice, ast.Constant)
        and isinstance(one.annotation.slice.value, bool)
    )


def _names_a_class(call: ast.Call) -> bool:
    """Whether the first argument of a call is a class by its name, or an attribute of one: `Model`, `Model.id`."""
    first: ast.AST | None = call.args[0] if call.args else None
    if isinstance(first, ast.Attribute) and isinstance(first.value, (ast.Name, ast.Attribute)):
        if last_name(first.value).lstrip("_")[:1].isupper():
            return True
    return isinstance(first, (ast.Name, ast.Attribute)) and reads_as_class(last_name(first))


def _asks_for_class_name(test: ast.expr) -> bool:
    """Whether a test compares the name of an object's class with a text: each caller hands over one of its own."""
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Attribute) and test.left.attr == "__name__"


def _dotted(expression: ast.expr) -> str:
    """A name or attribute chain as text; "" for anything else."""
    parts: list[str] = []
    while isinstance(expression, ast.Attribute):
        parts.append(expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return ""
    return ".".join([expression.id, *reversed(parts)])


def _is_own_call(statement: ast.stmt) -> bool:
    """Whether a statement only calls something of `self`, such as `self.start()`."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    return _dotted(statement.value.func).startswith("self.")


def _parts(expression: ast.expr) -> list[ast.expr]:
    """The operands of `a | b | c`; the expression itself for anything else."""
    if isinstance(expression, ast.BinOp):
        return [*_parts(expression.left), *_parts(expression.right)]
    return [expression]


def _returns_what_is_kept(statement: ast.If) -> bool:
    """
    Whether an `if` may return what is there already.

    Where a key is found and nothing is returned, the key tells that something is under way for it.
    """
    last = statement.body[-1]
    if not isinstance(last, ast.Return):
        return False
    is_for_key = isinstance(statement.test, ast.Compare) and isinstance(statement.test.ops[0], ast.In)
    return last.value is not None or not is_for_key


def _is_in_memory(call: ast.Call) -> bool:
    """Whether a database of SQLite or DuckDB is opened in memory."""
    first = call.args[0] if call.args else None
    if first is None and not call.keywords:
        return True
    return isinstance(first, ast.Constant) and first.value in (":memory:", "")


def _is_in_file_system_of_memory(named: ast.expr | None) -> bool:
    """
    Whether a path is a literal behind which there is no disk.

    That is one below `/proc`, `/sys` or `/dev`, or a token that the platform mounts from memory.
    """
    if isinstance(named, ast.JoinedStr) and named.values:
        named = named.values[0]
    path = named.value if isinstance(named, ast.Constant) else None
    return isinstance(path, str) and (
        path == "/proc"
        or path.startswith(("/dev/", "/proc/", "/sys/"))
        or (path.startswith("/") and path.endswith("/token"))
    )


def _gives_an_answer(statement: ast.stmt) -> bool:
    """Whether a statement is an `if` that ends in returning something that is no constant."""
    if not isinstance(statement, ast.If):
        return False
    last = statement.body[-1]
    return isinstance(last, ast.Return) and isinstance(
        last.value, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)
    )


def _names_a_target(call: ast.Call) -> bool:
    """Whether a call that writes a table names what it writes to."""
    return any(keyword.arg in ("path_or_buf", "path_or_buffer", "buf", None) for keyword in call.keywords)


def _is_platform(asked: ast.expr, names: Sequence[ast.expr]) -> bool:
    """Whether the platform's name is compared with names of others than servers run on."""
    if isinstance(asked, ast.Call):
        asked = asked.func
    if (
        len(names) != 1
        or not isinstance(asked, (ast.Name, ast.Attribute))
        or _dotted(asked) not in _PLATFORM_NAMES
    ):
        return False
    named = names[0].elts if isinstance(names[0], (ast.Tuple, ast.List, ast.Set)) else names
    return all(
        isinstance(one, ast.Constant) and str(one.value).lower().startswith(_OTHER_PLATFORMS) for one in named
    )


def _leaves_open(function: ast.FunctionDef | ast.AsyncFunctionDef, first: int) -> bool:
    """Whether a function has a parameter that its annotation tells nothing of, the first ones left out."""
    arguments = function.args
    parameters = [*arguments.posonlyargs, *arguments.args][first:] + arguments.kwonlyargs
    return any(
        parameter.annotation is None
        or last_name(parameter.annotation) == "Any"
        or (first and _is_of_callable(parameter.annotation))
        for parameter in parameters
    )


def _is_of_callable(annotation: ast.expr | None) -> bool:
    """Whether an annotation is one of functions: `Callable[[], dict]`, `Callable[..., str] | None`."""
    if annotation is None:
        return False
    if isinstance(annotation, ast.BinOp):
        return _is_of_callable(annotation.left) or _is_of_callable(annotation.right)
    if isinstance(annotation, ast.Subscript) and last_name(annotation.value) == "Optional":
        return _is_of_callable(annotation.slice)
    return last_name(annotation.value if isinstance(annotation, ast.Subscript) else annotation) == "Callable"


def handed_to(facts: ModuleFacts, function: str, parameter: str) -> tuple[str, tuple[int | str, ...]] | None:
    """
    Whose calls tell what a parameter of a module's function is, and its places in them: name, 0-based position.

    For a constructor that is its class. None for a function that the facts do not tell of.
    """
    number = facts.named.get(function)
    if number is None:
        return None
    one = facts.functions[number]
    target = facts.qualified(function.removesuffix(".__init__") if one.owner else function)
    if parameter not in one.parameters:
        return target, (parameter,)
    return target, (parameter, one.parameters.index(parameter) - bool(one.owner))


def last_part(facts: ModuleFacts, number: int) -> str:
    """The last name of a term that is a name or an attribute; "" for others."""
    term = facts.terms[number]
    if term[0] == "A":
        return str(term[2])
    return str(term[1]).rpartition(".")[2] if term[0] == "N" else ""


def tells_nothing(terms: Sequence[Term], number: int) -> bool:
    """Whether a term of a module is unknown, a parameter, or of what is annotated as anything."""
    term = terms[number]
    return number == UNKNOWN or term[0] == "P" or (term[0] == "T" and terms[term[1]] in OF_ANYTHING)  # type: ignore[call-overload]


def known_value(value: ast.expr | None) -> int:
    """
    Whether an argument or a default is None (IS_NONE), FALSY or TRUTHY; ANYTHING for what is no literal.

    An object that is made there, `Store(path)`, counts as TRUTHY.
    """
    if isinstance(value, ast.Constant):
        if value.value is None:
            return IS_NONE
        return TRUTHY if value.value else FALSY
    if isinstance(value, (ast.Dict, ast.List, ast.Set, ast.Tuple)):
        elements = value.keys if isinstance(value, ast.Dict) else value.elts
        return TRUTHY if elements else FALSY
    if isinstance(value, ast.Call):
        made = last_name(value.func)
        return TRUTHY if made.lstrip("_")[:1].isupper() and made not in _MAY_BE_FALSY else ANYTHING
    return TRUTHY if isinstance(value, ast.Lambda) else ANYTHING


def rules_out(guard: Guard, given: int) -> bool:
    """Whether a parameter that is what `known_value` says is not what a place needs."""
    return given in _RULED_OUT[guard.wanted]


_RULED_OUT = {
    FALSY: (TRUTHY,),
    TRUTHY: (FALSY, IS_NONE),
    IS_NONE: (FALSY, TRUTHY),
    NOT_NONE: (IS_NONE,),
}


def _texts_asked_for(operator: ast.cmpop, other: ast.expr) -> tuple[str, ...]:
    """The texts of `== "error"` and `in ("error", "warning")` and their opposites; none for other comparisons."""
    if isinstance(operator, (ast.Eq, ast.NotEq)):
        ones = [other]
    elif isinstance(operator, (ast.In, ast.NotIn)) and isinstance(other, (ast.Tuple, ast.List, ast.Set)):
        ones = other.elts
    else:
        return ()
    found = tuple(one.value for one in ones if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return found if len(found) == len(ones) else ()


def _without_empty(expression: ast.expr) -> ast.expr:
    """What stands before `or []`, `or {}` or the like in an expression; the expression where none does."""
    if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.Or) and len(expression.values) == 2:
        first, second = expression.values
        if isinstance(second, (ast.Dict, ast.List, ast.Set, ast.Tuple)) and known_value(second) == FALSY:
            return first
    return expression


def _asks_whether_there(test: ast.expr) -> bool:
    """Whether a test only asks if a file is there, which it mostly is where somebody wants to read it."""
    return isinstance(test, ast.Call) and last_name(test.func) in _ASKING_FOR_FILES


def _awaits_something(statement: ast.stmt) -> bool:
    """Whether a statement awaits a call and does nothing else, save keeping or returning what that gives."""
    value = statement.value if isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign, ast.Return)) else None
    return isinstance(value, ast.Await)


def _asks_for_coroutine(test: ast.expr) -> bool:
    """Whether a test asks if what a caller has given is a coroutine: few callers of plain functions give one."""
    return isinstance(test, ast.Call) and last_name(test.func) in _COROUTINE_TESTS


def _begins_an_address(argument: ast.expr) -> bool:
    """Whether an argument is the beginning of an address, or several: `"http://"`, `("http:", "https:")`."""
    ones = argument.elts if isinstance(argument, ast.Tuple) else [argument]
    return any(isinstance(one, ast.Constant) and str(one.value).startswith("http") for one in ones)


def branches_in(flags: int) -> int:
    """How many branches and handlers a place stands in, three at most."""
    return flags % OTHERWISE // BRANCH


def _in_branch(flags: int) -> int:
    """The flags of a place one branch further in."""
    return flags + BRANCH if branches_in(flags) < MOST_BRANCHES else flags
