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
| `("|", terms)` | a chain of what is known of its parts, `prompt | model` |
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
import marshal
from collections.abc import Sequence
from typing import overload

from flake8_auditrules.project.wiring import Wiring, from_plain_wiring, to_plain_wiring
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.names import last_name

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

_MAY_BE_FALSY = frozenset({"ChainMap", "Counter", "Decimal", "Fraction", "OrderedDict", "UserDict", "UserList"})


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


def branches_in(flags: int) -> int:
    """How many branches and handlers a place stands in, three at most."""
    return flags % OTHERWISE // BRANCH
