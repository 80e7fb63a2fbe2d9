"""The graph: facts of all modules linked; what terms mean, and which function a place in a function runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from flake8_auditrules.knowledge import returns
from flake8_auditrules.knowledge.aliases import canonical
from flake8_auditrules.knowledge.blocking import blocking
from flake8_auditrules.knowledge.offloading import DECORATOR_HINTS
from flake8_auditrules.knowledge.offloading import DECORATORS as OFFLOADING_DECORATORS
from flake8_auditrules.project.facts import (
    ATTRIBUTE,
    AWAITED,
    CALL,
    LOOP,
    WITH,
    ClassFacts,
    FunctionFacts,
    ModuleFacts,
    Site,
    handed_to,
    last_part,
    tells_nothing,
)
from flake8_auditrules.records import NamedTuple

_MAXIMUM_DEPTH = 80
_MAXIMUM_ALIASES = 6
_MOST_ALTERNATIVES = 5
# What is chosen by a key may be any of these.
_MOST_HELD = 40
_TUPLE = "builtins.tuple"
_TUPLES = frozenset({_TUPLE, "typing.Tuple"})

_UNIONS = frozenset({"typing.Union", "typing.Optional"})
_WRAPPERS = frozenset(
    {
        "typing.Annotated",
        "typing_extensions.Annotated",
        "typing.Final",
        "typing.ClassVar",
        "typing_extensions.Final",
        "typing.Required",
        "typing.NotRequired",
        "typing.Unpack",
        "sqlalchemy.orm.Mapped",
        "sqlalchemy.orm.DynamicMapped",
    }
)
_CLASS_OBJECTS = frozenset({"builtins.type", "typing.Type"})
_CALLABLES = frozenset({"typing.Callable", "collections.abc.Callable"})
_AWAITABLES = frozenset(
    {
        "typing.Awaitable",
        "typing.Coroutine",
        "collections.abc.Awaitable",
        "collections.abc.Coroutine",
        "asyncio.Future",
        "asyncio.Task",
    }
)
_MANAGERS = frozenset(
    {
        "contextlib.AbstractContextManager",
        "contextlib.AbstractAsyncContextManager",
        "typing.ContextManager",
        "typing.AsyncContextManager",
    }
)
_YIELDING = _MANAGERS | {
    f"{module}.{name}"
    for module in ("typing", "collections.abc")
    for name in ("Iterator", "Generator", "Iterable", "AsyncIterator", "AsyncGenerator", "AsyncIterable")
}
_SAYS_NOTHING = frozenset(
    {"typing.Any", "builtins.object", "typing.TypeVar", "typing.Callable", "collections.abc.Callable"}
)
_SELVES = frozenset({"typing.Self", "typing_extensions.Self"})
_ENDS_OF_LINE = frozenset(
    {
        "builtins.object",
        "typing.Generic",
        "typing.Protocol",
        "typing_extensions.Protocol",
        "abc.ABC",
        "typing.NamedTuple",
        "typing.TypedDict",
    }
)
PROTOCOLS = frozenset({"typing.Protocol", "typing_extensions.Protocol"})
CACHES = frozenset({"functools.lru_cache", "functools.cache", "async_lru.alru_cache"})
_ELEMENT_METHODS = frozenset({"get", "pop", "setdefault"})
_RUN_AT_ONCE = frozenset(
    {
        "builtins.map",
        "builtins.filter",
        "builtins.sorted",
        "builtins.min",
        "builtins.max",
        "functools.reduce",
        "itertools.starmap",
    }
)
_STATE = "starlette.datastructures.State"
_SUBMITTED = {"delay": "celery.Task.delay", "apply_async": "celery.Task.apply_async"}


class Value(NamedTuple):
    """
    What a term means.

    `kind`: "module", "class", "instance", "function", "external" (a name of a library), "super",
    "returning" (a callable known only by what it returns), "awaitable", "generator", "managing" (a generator
    function that a call of `contextmanager` wraps), "manager" (what it and a function under `contextmanager`
    give), "either" (one of `parts`: several modules, classes or functions of the project, or objects of several
    classes), "none".
    `name` is the qualified name, `receiver` the class of the
    object that a method is bound to, `parts` what the thing contains or gives.
    """

    kind: str
    name: str = ""
    receiver: str = ""
    parts: tuple[Value | None, ...] = ()


NOTHING = Value("none")

NodeKey = tuple[str, str]
"""A function's qualified name and the class of `self` in it ("" for none)."""


class Edge(NamedTuple):
    """
    What a site runs: a function of the project (`target`) or a call of a library (`primitive`).

    `handed` is the function that the site calls itself, where the target is an argument that it calls.
    """

    site: Site
    target: NodeKey | None
    primitive: str
    handed: NodeKey | None = None


class Graph:
    """
    The modules of a project, linked by name when they are asked for.

    `find` gives the facts of the module of a dotted name (None: not of the project), `implementations`
    the few classes of the project that fill a method that the given class leaves open, `values_on_state` what
    the project puts on the state of an application (`app.state.pool = ...`) under a name, `values_handed` what its
    calls of a function or class hand in for a parameter, given by its position and its name, `class_with` the one
    class that has all that is used of something with a name ("": none, or several).
    """

    def __init__(
        self,
        find: Callable[[str], ModuleFacts | None],
        implementations: Callable[[str, str], tuple[str, ...]],
        values_on_state: Callable[[str], Iterable[Value | None]],
        values_handed: Callable[[str, Sequence[int | str]], Iterable[Value | None]],
        class_with: Callable[[Collection[str], str], str],
    ) -> None:
        self._find = find
        self._implementations = implementations
        self._values_on_state = values_on_state
        self._values_handed = values_handed
        self._uses: dict[str, dict[int, set[str]]] = {}
        self._told: dict[tuple[str, int], str] = {}
        self._class_with = class_with
        self._split: dict[str, tuple[ModuleFacts, str] | None] = {}
        self._names: dict[str, Value | None] = {}
        self._terms: dict[tuple[str, int, str], Value | None] = {}
        self._asking: set[object] = set()
        self._tainted = False
        self._lines: dict[str, tuple[str, ...]] = {}

    def forget(self, module: str) -> None:
        """Ask again for a module that is there now and was not, and for all that was not known without it."""
        within = f"{module}."
        self._split = {name: one for name, one in self._split.items() if not f"{name}.".startswith(within)}
        self._names = {name: one for name, one in self._names.items() if name in self._split and one is not None}
        self._terms = {key: one for key, one in self._terms.items() if one is not None}
        self._lines.clear()
        self._uses.pop(module, None)
        self._told.clear()

    # -- definitions -------------------------------------------------------------------------------------

    def split(self, qualname: str) -> tuple[ModuleFacts, str] | None:
        """The module of the project that a qualified name lies in, and the rest of the name."""
        try:
            return self._split[qualname]
        except KeyError:
            found = self._split[qualname] = self._find_split(qualname)
            return found

    def _find_split(self, qualname: str) -> tuple[ModuleFacts, str] | None:
        facts = self._find(qualname)
        if facts is not None:
            return facts, ""
        around, _, last = qualname.rpartition(".")
        found = self.split(around) if around else None
        if found is None:
            return None
        facts, rest = found
        return facts, f"{rest}.{last}" if rest else last

    def function(self, qualname: str) -> tuple[ModuleFacts, FunctionFacts] | None:
        """A function of the project by its defining name."""
        found = self.split(qualname)
        if found is None:
            return None
        facts, rest = found
        number = facts.named.get(rest)
        return (facts, facts.functions[number]) if number is not None else None

    def class_facts(self, qualname: str) -> tuple[ModuleFacts, ClassFacts] | None:
        """A class of the project by its defining name."""
        found = self.split(qualname)
        if found is None:
            return None
        facts, rest = found
        one = facts.classes.get(rest)
        return (facts, one) if one is not None else None

    def line(self, class_name: str) -> tuple[str, ...]:
        """The class and its ancestors in the order in which attributes are looked up (nearly so)."""
        known = self._lines.get(class_name)
        if known is not None:
            return known
        line: list[str] = []
        pending = [class_name]
        while pending:
            current = pending.pop(0)
            if current in line or len(line) > 60:
                continue
            line.append(current)
            found = self.class_facts(current)
            if found is None:
                pending.extend(returns.ancestry(current)[1:2])
                continue
            facts, one = found
            bases = []
            for base in one.bases:
                value = self.annotated(facts, base, "")
                if value is not None and value.kind == "instance":
                    bases.append(value.name)
            pending = [*bases, *pending] if len(bases) == 1 else [*pending, *bases]
        result = tuple(line)
        if not self._tainted:
            self._lines[class_name] = result
        return result

    def resolve(self, qualname: str) -> Value | None:
        """What a qualified name means."""
        if qualname in self._names:
            return self._names[qualname]
        key = ("name", qualname)
        if key in self._asking or len(self._asking) > _MAXIMUM_DEPTH:
            self._tainted = True
            return None
        self._asking.add(key)
        try:
            found = self._resolve(qualname)
        finally:
            self._asking.discard(key)
        self._keep(self._names, qualname, found)
        return found

    def _keep(self, table: dict, key: object, found: Value | None) -> None:  # type: ignore[type-arg]
        """Keep an answer, unless it was cut short by a cycle further out."""
        if not self._asking:
            self._tainted = False
            table[key] = found
        elif not self._tainted:
            table[key] = found

    def _resolve(self, qualname: str) -> Value | None:
        found = self.split(qualname)
        if found is None:
            return Value("external", canonical(qualname))
        facts, rest = found
        if not rest:
            return self._in_place_of(facts.name) or Value("module", facts.name)
        return self._in_module(facts, rest)

    def _in_place_of(self, module: str) -> Value | None:
        """What a package imports out of a module under the module's own name: `from .connect import connect`."""
        around, _, last = module.rpartition(".")
        facts = self._find(around) if around else None
        number = facts.exports.get(last, 0) if facts is not None else 0
        if facts is None or number <= 1:
            return None
        term = facts.terms[number]
        return self.resolve(str(term[1])) if term == ("N", f"{module}.{last}") else None

    def _in_module(self, facts: ModuleFacts, rest: str) -> Value | None:
        prefix = f"{facts.name}." if facts.name else ""
        if rest in facts.classes:
            return Value("class", prefix + rest)
        number = facts.named.get(rest)
        if number is not None:
            return Value("function", prefix + rest)
        first, _, further = rest.partition(".")
        value: Value | None
        if first in facts.classes:
            value = Value("class", prefix + first)
        elif first in facts.exports:
            value = self.value(facts, facts.exports[first], "")
        else:
            value = None
            for star in facts.stars:
                if self._find(star) is not None:
                    value = self.resolve(f"{star}.{first}")
                    if value is not None:
                        break
        while value is not None and further:
            name, _, further = further.partition(".")
            value = self.attribute(value, name)
        return value

    # -- terms -------------------------------------------------------------------------------------------

    def value(self, facts: ModuleFacts, number: int, receiver: str) -> Value | None:
        """What a term of a module means, in a function whose `self` is of the class `receiver`."""
        if number <= 1:
            return NOTHING if number else None
        key = (facts.name, number, receiver)
        if key in self._terms:
            return self._terms[key]
        if key in self._asking or len(self._asking) > _MAXIMUM_DEPTH:
            self._tainted = True
            return None
        self._asking.add(key)
        try:
            found = self._value(facts, number, receiver)
        finally:
            self._asking.discard(key)
        self._keep(self._terms, key, found)
        return found

    def _value(self, facts: ModuleFacts, number: int, receiver: str) -> Value | None:
        term = facts.terms[number]
        kind = term[0]
        if kind == "N":
            return self.resolve(str(term[1]))
        if kind in ("S", "K", "X"):
            own = facts.qualified(str(term[1]))
            bound = receiver if receiver and own in self.line(receiver) else own
            if kind == "S":
                return Value("instance", bound)
            if kind == "K":
                return Value("class", bound)
            return Value("super", own, bound)
        if kind == "T":
            return self.annotated(facts, _number(term[1]), receiver)
        if kind in ("U", "V"):
            return self._agreed(facts, term[1], receiver, kind == "V")  # type: ignore[arg-type]
        if kind == "|":
            return self._asking_part(self.value(facts, part, receiver) for part in term[1])  # type: ignore[attr-defined]
        if kind == "P":
            return self._handed_in(facts, str(term[1]), str(term[2]))
        if kind == "Y":
            handed = self.value(facts, _number(term[2]), receiver)
            is_known = all(one.kind == "function" for one in _alternatives(handed))
            return handed if handed is not None and is_known else self.value(facts, _number(term[1]), receiver)
        if kind == "L":
            parts = tuple(self.value(facts, part, receiver) for part in term[1])  # type: ignore[attr-defined]
            return Value("instance", _TUPLE, "", parts)
        if kind == "Q":
            held = self._one_of(
                (self.value(facts, part, receiver) for part in term[2]),  # type: ignore[attr-defined]
                _MOST_HELD,
            )
            of_keys = (None,) if term[1] == "builtins.dict" else ()
            return Value("instance", str(term[1]), "", (*of_keys, held) if held is not None else ())
        inner = self.value(facts, _number(term[1]), receiver)
        if inner is None and kind == "A":
            inner = self._by_use(facts, _number(term[1]), receiver)
        if inner is None:
            return None
        if kind == "A":
            return self.attribute(inner, str(term[2]))
        if kind == "C":
            return self.called(inner) if len(term) == 2 else self._called_with(inner, term[2])  # type: ignore[arg-type]
        if kind == "W":
            return self.awaited(inner)
        if kind in ("E", "F"):
            return self.entered(inner, kind == "F")
        if kind == "I":
            return self.element(inner)
        if kind == "B":
            return self.item(inner)
        if kind == "Z":
            return self._part_of(inner, _number(term[2]))
        if kind == "D":
            return self.provided(inner)
        if kind == "M":
            return Value("managing", inner.name, inner.receiver) if inner.kind == "function" else None
        if kind == "/":
            return inner if inner.name == "pathlib.Path" else None
        return None

    def _by_use(self, facts: ModuleFacts, number: int, receiver: str) -> Value | None:
        """
        The object that something unknown is by the methods which the module calls on it.

        That is one of the only class of the project that has them all, unless it is used there itself, as by what
        wraps it, or the module awaits what the class gives at once.
        """
        term = facts.terms[number]
        if term[0] not in ("A", "P"):
            return None
        key = (facts.name, number)
        name = self._told.get(key)
        if name is None:
            name = self._told[key] = self._class_with(self._uses_in(facts).get(number, ()), str(term[2]))
        found = self.class_facts(name) if name and name not in self.line(receiver) else None
        if found is None or self._awaits_plain(facts, number, name):
            return None
        return Value("instance", name)

    def _uses_in(self, facts: ModuleFacts) -> dict[int, set[str]]:
        """The names of the attributes that a module looks up, by the term of what it does so on."""
        uses = self._uses.get(facts.name)
        if uses is None:
            uses = self._uses[facts.name] = {}
            for term in facts.terms:
                if term[0] == "A":
                    uses.setdefault(_number(term[1]), set()).add(str(term[2]))
        return uses

    def _awaits_plain(self, facts: ModuleFacts, number: int, class_name: str) -> bool:
        """Whether a module awaits what a plain method of a class gives, called on the object of a term."""
        for one in facts.functions:
            for site in one.sites:
                term = facts.terms[site.term]
                if site.flags & AWAITED and term[0] == "A" and term[1] == number:
                    method = self.attribute(Value("instance", class_name), str(term[2]))
                    if method is not None and method.kind == "function" and not self._is_coroutine(method.name):
                        return True
        return False

    def _handed_in(self, facts: ModuleFacts, function: str, parameter: str) -> Value | None:
        """What the calls of a function or a constructor hand in for a parameter, where all of them are known."""
        place = handed_to(facts, function, parameter)
        return self._one_of(self._values_handed(*place)) if place is not None else None

    def _agreed(self, facts: ModuleFacts, numbers: tuple[int, ...], receiver: str, lenient: bool) -> Value | None:
        if lenient:
            numbers = tuple(number for number in numbers if not tells_nothing(facts.terms, number))
        return self._one_of(self.value(facts, number, receiver) for number in numbers)

    def _asking_part(self, values: Iterable[Value | None]) -> Value | None:
        """The part of a chain, `prompt | model | parser`, that waits for an answer when the chain is invoked."""
        for part in values:
            method = self.attribute(part, "invoke") if part is not None else None
            if part is not None and method is not None and method.kind == "external" and blocking(method.name):
                return part
        return None

    def _one_of(self, values: Iterable[Value | None], most: int = _MOST_ALTERNATIVES) -> Value | None:
        """One value for several that a thing may be, None and unset left out; None where one is not known."""
        found: Value | None = None
        for one in values:
            if one == NOTHING:
                continue
            if one is None:
                return None
            found = one if found is None else self._either((found, one), most)
            if found is None:
                return None
        return found

    def _either(self, values: Sequence[Value], most: int = _MOST_ALTERNATIVES) -> Value | None:
        """
        One value for several that a thing may be: objects of a few classes of the project, or their methods.

        None where that is not all they are: a library's synchronous and asynchronous clients are told apart
        by what the code tests, which is not looked at.
        """
        parts: list[Value] = []
        for value in values:
            for part in _alternatives(value):
                known = next((number for number, one in enumerate(parts) if _same(part, one)), None)
                if known is None:
                    parts.append(part)
                else:
                    parts[known] = self._together(parts[known], part)
        if len(parts) == 1:
            return parts[0]
        kinds = {part.kind for part in parts}
        if len(parts) > most or len(kinds) > 1:
            return None
        if kinds <= {"instance", "class"} and all(self.class_facts(part.name) is not None for part in parts):
            return Value("either", "", "", tuple(parts))
        if kinds == {"module"}:
            return Value("either", "", "", tuple(parts))
        if kinds == {"function"} and len({self._is_coroutine(part.name) for part in parts}) == 1:
            return Value("either", "", "", tuple(parts))
        return None

    def _is_coroutine(self, function: str) -> bool:
        found = self.function(function)
        return found is not None and found[1].is_async

    def _part_of(self, value: Value, position: int) -> Value | None:
        """What the element of a tuple at a position is."""
        if value.kind != "instance" or value.name not in _TUPLES or position >= len(value.parts):
            return None
        return value.parts[position]

    def _together(self, one: Value, other: Value) -> Value:
        """Two values of the same class: what the elements of tuples may be, where both tell that."""
        if one.name not in _TUPLES or len(one.parts) != len(other.parts):
            return one
        parts: list[Value | None] = []
        for mine, yours in zip(one.parts, other.parts, strict=True):
            if NOTHING in (mine, yours):
                parts.append(yours if mine == NOTHING else mine)
            else:
                parts.append(self._either((mine, yours)) if mine is not None and yours is not None else None)
        return one._replace(parts=tuple(parts))

    # -- annotations -------------------------------------------------------------------------------------

    def annotated(self, facts: ModuleFacts, number: int, receiver: str) -> Value | None:
        """The instance that an annotation speaks of."""
        if number <= 1:
            return NOTHING if number else None
        term = facts.terms[number]
        kind = term[0]
        if kind == "U":
            return self._one_of(self.annotated(facts, part, receiver) for part in term[1])  # type: ignore[attr-defined]
        if kind == "G":
            return self._subscripted(facts, term, receiver)
        if kind == "B" and facts.terms[_number(term[1])][0] == "N":
            # `Factory = sessionmaker[Session]`: the class, less its arguments.
            return self.annotated(facts, _number(term[1]), receiver)
        if kind == "N":
            if term[1] in _SELVES:
                return Value("instance", receiver) if receiver else None
            alias = self._alias(str(term[1]))
            if alias is not None:
                return self.annotated(alias[0], alias[1], receiver)
        return self._instance(self.value(facts, number, receiver))

    def meant(self, qualname: str) -> Value | None:
        """The instance that an annotation speaks of which names a module's variable."""
        alias = self._alias(qualname)
        if alias is not None:
            return self.annotated(alias[0], alias[1], "")
        value = self.resolve(qualname)
        return self._instance(value) if value is not None and value.kind == "external" else None

    def _alias(self, qualname: str, hops: int = 0) -> tuple[ModuleFacts, int] | None:
        """The annotation behind a variable such as `DatabaseSession = Annotated[Session, Depends(...)]`."""
        found = self.split(qualname)
        if found is None:
            return None
        facts, rest = found
        number = facts.exports.get(rest, 0)
        if number <= 1:
            return None
        term = facts.terms[number]
        if term[0] in ("G", "B"):
            return facts, number
        if term[0] == "N" and term[1] != qualname and hops < _MAXIMUM_ALIASES:
            return self._alias(str(term[1]), hops + 1)
        return None

    def _instance(self, value: Value | None) -> Value | None:
        """An instance of what an annotation names."""
        if value is None:
            return None
        if value.kind in ("class", "external"):
            if value.name in _SAYS_NOTHING:
                return None
            return Value("instance", value.name)
        return None

    def _subscripted(self, facts: ModuleFacts, term: tuple[object, ...], receiver: str) -> Value | None:
        outer = self.value(facts, _number(term[1]), receiver)
        numbers: tuple[int, ...] = term[2]  # type: ignore[assignment]
        if outer is None or outer.kind not in ("class", "external") or not numbers:
            return None
        name = outer.name
        if name in _UNIONS:
            return self._one_of(self.annotated(facts, part, receiver) for part in numbers)
        if name in _WRAPPERS:
            return self.annotated(facts, numbers[0], receiver)
        if name in _CLASS_OBJECTS:
            inner = self.annotated(facts, numbers[0], receiver)
            if inner is None or inner.kind != "instance":
                return None
            in_project = self.class_facts(inner.name) is not None
            return Value("class" if in_project else "external", inner.name)
        if name in _CALLABLES:
            return Value("returning", "", "", (self.annotated(facts, numbers[-1], receiver),))
        if name in _AWAITABLES:
            return Value("awaitable", "", "", (self.annotated(facts, numbers[-1], receiver),))
        if name in _SAYS_NOTHING:
            return None
        parts = tuple(self.annotated(facts, part, receiver) for part in numbers)
        return Value("instance", name, "", parts)

    # -- steps from value to value -----------------------------------------------------------------------

    def attribute(self, value: Value, name: str) -> Value | None:
        """What an attribute of a value is."""
        kind = value.kind
        if kind == "module":
            return self.resolve(f"{value.name}.{name}" if value.name else name)
        if kind == "external":
            known = returns.ATTRIBUTES.get(f"{value.name}.{name}")
            if known is not None:
                return Value("instance", known)
            return Value("external", canonical(f"{value.name}.{name}"))
        if kind == "instance":
            if value.name == _STATE:
                return self._one_of(self._values_on_state(name))
            found = self.lookup(value.name, name, self.line(value.name), value.name, value.parts)
            return self._property_value(found)
        if kind == "class":
            found = self.lookup(value.name, name, self.line(value.name), "", ())
            if found is not None and found.kind == "function":
                facts = self.function(found.name)
                if facts is not None and facts[1].role == "class":
                    return found._replace(receiver=value.name)
            return found
        if kind == "super":
            line = self.line(value.receiver)
            if value.name in line:
                found = self.lookup(value.receiver, name, line[line.index(value.name) + 1 :], value.receiver, ())
                # What fills a method of the base is not what `super()` asks for.
                return self._property_value(found) if found is None or found.kind != "either" else None
            return None
        if kind == "function" and name in _SUBMITTED and self.is_task(value.name):
            return Value("external", _SUBMITTED[name])
        if kind == "either":
            return self._of_each(value, lambda part: self.attribute(part, name))
        return None

    def _of_each(self, value: Value, step: Callable[[Value], Value | None]) -> Value | None:
        """What a step gives for the alternatives of a value: all of them have to be known."""
        found = [step(part) for part in value.parts if part is not None]
        return self._either(found, _MOST_HELD) if found and None not in found else None  # type: ignore[arg-type]

    def is_task(self, function: str) -> bool:
        """Whether a function of the project is a Celery task, by its decorators."""
        found = self.function(function)
        if found is None:
            return False
        facts, one = found
        for decorator in one.decorators:
            term = facts.terms[decorator]
            if term[0] == "A" and term[2] == "task":
                value = self.value(facts, _number(term[1]), "")
                if value is not None and value.name == "celery.Celery":
                    return True
            elif term[0] == "N":
                value = self.resolve(str(term[1]))
                if value is not None and value.name in ("celery.shared_task", "celery.Celery.task"):
                    return True
        return False

    def _property_value(self, found: Value | None) -> Value | None:
        """The value that a looked-up property holds, all other attributes as they are."""
        if found is not None and found.kind == "function":
            facts = self.function(found.name)
            if facts is not None and facts[1].role == "property":
                return self.returned(found)
        if found is not None and found.kind == "either":
            return self._of_each(found, self._property_value)
        return found

    def lookup(
        self, class_name: str, name: str, line: tuple[str, ...], receiver: str, parts: tuple[Value | None, ...]
    ) -> Value | None:
        """What a class holds under a name, along its line of ancestors; a property as its function."""
        for ancestor in line:
            found = self.class_facts(ancestor)
            if found is None:
                if ancestor in _ENDS_OF_LINE:
                    continue
                if self.split(ancestor) is not None:
                    return None
                return self._of_library(ancestor, name, parts)
            facts, one = found
            number = one.methods.get(name)
            if number is not None:
                function = facts.functions[number]
                if function.stub and receiver:
                    filled = [
                        Value("function", f"{one}.{name}", one) for one in self._implementations(class_name, name)
                    ]
                    either = self._either(filled) if filled else None
                    if either is not None:
                        return either
                static = function.role == "static"
                return Value("function", facts.qualified(function.name), "" if static else receiver)
            attribute = one.attributes.get(name)
            if attribute is not None:
                return self.value(facts, attribute, receiver or class_name)
        return None

    def _of_library(self, class_name: str, name: str, parts: tuple[Value | None, ...]) -> Value | None:
        known = returns.method_result(returns.ATTRIBUTES, f"{class_name}.{name}")
        known = known or returns.given_for_any_name(class_name, name)
        if known is not None:
            return Value("instance", known)
        if parts and name in _ELEMENT_METHODS and class_name in ("builtins.dict", "typing.Dict"):
            return Value("returning", "", "", (parts[-1],))
        if parts and name == "values":
            return Value("returning", "", "", (Value("instance", "builtins.list", "", (parts[-1],)),))
        if parts and name == "items":
            pair = Value("instance", _TUPLE, "", (parts[0] if len(parts) > 1 else None, parts[-1]))
            return Value("returning", "", "", (Value("instance", "builtins.list", "", (pair,)),))
        return Value("external", canonical(f"{class_name}.{name}"))

    def called(self, value: Value) -> Value | None:
        """What calling a value gives."""
        kind = value.kind
        if kind == "class":
            return Value("instance", value.name)
        if kind == "returning":
            return value.parts[0]
        if kind == "function":
            return self.returned(value)
        if kind == "managing":
            return Value("manager", value.name, value.receiver)
        if kind == "instance":
            method = self.lookup(value.name, "__call__", self.line(value.name), value.name, ())
            if method is not None and method.kind == "function":
                return self.returned(method)
            made = returns.FACTORIES.get(value.name)
            return Value("instance", made) if made is not None else None
        if kind == "external":
            return _result_of_library(value.name)
        if kind == "either":
            return self._of_each(value, self.called)
        return None

    def _called_with(self, value: Value, switches: tuple[tuple[str, bool], ...]) -> Value | None:
        """What calling a value gives with arguments that are True or False: they may choose an overload."""
        found = self.split(value.name) if value.kind == "function" else None
        if found is not None:
            facts, rest = found
            number = facts.named.get(rest, 0)
            while number and facts.functions[number - 1].name == rest:
                number -= 1
                overload = facts.functions[number]
                if overload.switches and set(overload.switches) <= set(switches):
                    given = self.annotated(facts, overload.returns, value.receiver)
                    if given is not None:
                        return Value("awaitable", "", "", (given,)) if overload.is_async else given
        return self.called(value)

    def returned(self, value: Value) -> Value | None:
        """What calling a function of the project gives."""
        found = self.function(value.name)
        if found is None:
            return None
        facts, function = found
        if function.is_generator:
            makes_manager = any(name in returns.CONTEXT_FACTORIES for name in self.decorators(facts, function))
            return Value("manager" if makes_manager else "generator", value.name, value.receiver)
        decorated = self.decorators(facts, function)
        if any(name in OFFLOADING_DECORATORS for name in decorated):
            return None
        given = self._given(facts, function, value.receiver)
        return Value("awaitable", "", "", (given,)) if function.is_async else given

    def _given(self, facts: ModuleFacts, function: FunctionFacts, receiver: str) -> Value | None:
        key = ("given", facts.name, function.name, receiver)
        if key in self._asking or len(self._asking) > _MAXIMUM_DEPTH:
            self._tainted = True
            return None
        self._asking.add(key)
        try:
            if function.returns:
                annotated = self.annotated(facts, function.returns, receiver)
                if annotated is not None:
                    returned = self._filled(annotated, facts, function, receiver)
                    return returned if returned is not None else annotated
                if facts.terms[function.returns][0] != "N":
                    return None
            return self._agreed(facts, function.returned, receiver, False) if function.returned else NOTHING
        finally:
            self._asking.discard(key)

    def _filled(self, annotated: Value, facts: ModuleFacts, function: FunctionFacts, own: str) -> Value | None:
        """The objects that a function returns, where its annotation names a class that leaves methods open."""
        found = self.class_facts(annotated.name) if annotated.kind == "instance" and function.returned else None
        if found is None or not any(found[0].functions[number].stub for number in found[1].methods.values()):
            return None
        returned = self._agreed(facts, function.returned, own, False)
        parts = _alternatives(returned)
        is_known = all(one.kind == "instance" and self.class_facts(one.name) is not None for one in parts)
        return returned if parts and is_known else None

    def yielded(self, value: Value) -> Value | None:
        """What a generator function of the project yields."""
        found = self.function(value.name)
        if found is None:
            return None
        facts, function = found
        if function.returns:
            annotated = self.annotated(facts, function.returns, value.receiver)
            if annotated is not None and annotated.name in _YIELDING and annotated.parts:
                return annotated.parts[0]
            return None
        return self._agreed(facts, function.yielded, value.receiver, False)

    def decorators(self, facts: ModuleFacts, function: FunctionFacts) -> list[str]:
        """The qualified names of a function's decorators, "" for one that is not known."""
        names = []
        for number in function.decorators:
            value = self.value(facts, number, "") if number > 1 else None
            names.append(value.name if value is not None else "")
        return names

    def awaited(self, value: Value) -> Value | None:
        """What awaiting a value gives."""
        return value.parts[0] if value.kind == "awaitable" else None

    def entered(self, value: Value, asynchronous: bool) -> Value | None:
        """What `with value as x` binds to x."""
        if value.kind == "manager":
            return self.yielded(value)
        if value.kind == "awaitable" and asynchronous:
            return value.parts[0]
        if value.kind != "instance":
            return None
        if value.name in _YIELDING:
            return value.parts[0] if value.parts else None
        method = self.lookup(
            value.name, "__aenter__" if asynchronous else "__enter__", self.line(value.name), value.name, ()
        )
        if method is not None and method.kind == "function":
            given = self.returned(method)
            if given is not None and given.kind == "awaitable":
                given = given.parts[0]
            return given
        return Value("instance", returns.ENTERED.get(value.name, value.name))

    def managed(self, value: Value) -> Value | None:
        """What `with` binds for a value that is annotated as a context manager of something."""
        is_manager = value.kind == "instance" and value.name in _MANAGERS and value.parts
        return value.parts[0] if is_manager else None

    def element(self, value: Value) -> Value | None:
        """What iterating over a value gives."""
        if value.kind == "generator":
            return self.yielded(value)
        if value.kind == "instance" and value.parts:
            return value.parts[0]
        return None

    def item(self, value: Value) -> Value | None:
        """What subscripting a value gives; of a class that takes classes itself."""
        if value.kind == "class":
            return value
        if value.kind != "instance":
            return None
        if value.parts:
            return value.parts[-1]
        given = returns.OPEN.get(value.name)
        return Value("instance", given) if given is not None else None

    def provided(self, value: Value) -> Value | None:
        """What `Depends(value)` hands over."""
        given = self.called(value)
        if given is None:
            return None
        if given.kind == "awaitable":
            return given.parts[0]
        if given.kind in ("generator", "manager"):
            return self.yielded(given)
        return given

    # -- edges -------------------------------------------------------------------------------------------

    def edges(self, facts: ModuleFacts, function: FunctionFacts, receiver: str) -> Iterator[Edge]:
        """What the places of a function run, in the order of the source."""
        for site in function.sites:
            for edge in self.edges_of(facts, site, receiver):
                if not self._is_of_another_self(facts, function, receiver, edge):
                    yield edge

    def _is_of_another_self(self, facts: ModuleFacts, function: FunctionFacts, receiver: str, edge: Edge) -> bool:
        """Whether an edge leads from `self` to a method of a subclass that has its own in the function's place."""
        heir = edge.target[1] if edge.target is not None else ""
        term = facts.terms[edge.site.term]
        if heir in ("", receiver) or term[0] != "A" or facts.terms[_number(term[1])][0] != "S":
            return False
        return self.has_its_own(heir, facts, function)

    def has_its_own(self, heir: str, facts: ModuleFacts, function: FunctionFacts) -> bool:
        """Whether a subclass has its own method in the place of a method, and that one does not call the other."""
        line = self.line(heir)
        if facts.receiver(function) not in line:
            return False
        name = function.name.rpartition(".")[2]
        own = self.lookup(heir, name, line, heir, ())
        if own is None or own.kind != "function" or own.name == facts.qualified(function.name):
            return False
        found = self.function(own.name)
        return found is not None and not _calls_inherited(*found, name)

    def calls_in(
        self, place: ModuleFacts, facts: ModuleFacts, function: FunctionFacts
    ) -> Iterator[tuple[FunctionFacts, Site, bool | None]]:
        """
        The calls of a function's last name in a module, each with the function around it.

        They come with whether they call this function, be it as one of several, or the method of its class or a
        base class that it stands for; None where that is not known, as where a protocol stands for whatever has
        such a method.
        """
        name = function.name.rpartition(".")[2]
        meant = facts.qualified(function.name)
        line = self.line(facts.qualified(function.owner)) if function.owner else ()
        for one in place.functions:
            receiver = place.receiver(one)
            for site in one.sites:
                if site.kind == CALL and last_part(place, site.term) == name:
                    value = self.value(place, site.term, receiver)
                    called = _alternatives(value)
                    if any(other.name == meant or other.name.rpartition(".")[0] in line for other in called):
                        yield one, site, True
                    elif value is None or (line and any(map(self._is_of_protocol, called))):
                        yield one, site, None
                    else:
                        yield one, site, False

    def _is_of_protocol(self, method: Value) -> bool:
        """Whether a value is a method of a class that only says what others have: one of `typing.Protocol`."""
        found = self.class_facts(method.name.rpartition(".")[0]) if method.kind == "function" else None
        return found is not None and any(last_part(found[0], base) == "Protocol" for base in found[1].bases)

    def edges_of(self, facts: ModuleFacts, site: Site, receiver: str) -> Iterator[Edge]:
        """What one place of a function runs."""
        if site.kind == ATTRIBUTE:
            term = facts.terms[site.term]
            if term[0] != "A":
                return
            holder = self.value(facts, _number(term[1]), receiver)
            for one in _alternatives(holder):
                if one.kind in ("instance", "super"):
                    yield from self._property_edges(site, one, str(term[2]))
            return
        for one in _alternatives(self.value(facts, site.term, receiver)):
            if site.kind == CALL:
                yield from self._call_edges(facts, site, one, receiver)
            elif site.kind == WITH:
                yield from self._with_edges(site, one)
            elif site.kind == LOOP:
                yield from self._loop_edges(site, one)

    def method_edges(self, facts: ModuleFacts, site: Site, class_name: str, method: str) -> Iterator[Edge]:
        """What a place runs that calls a method on an object of a class."""
        value = self.attribute(Value("instance", class_name), method)
        if value is not None:
            yield from self._call_edges(facts, site, value, "")

    def _property_edges(self, site: Site, holder: Value, name: str) -> Iterator[Edge]:
        if holder.kind != "instance":
            return
        if self.class_facts(holder.name) is None:
            return
        found = self.lookup(holder.name, name, self.line(holder.name), holder.name, ())
        if found is not None and found.kind == "function":
            known = self.function(found.name)
            if known is not None and known[1].role == "property" and not known[1].is_async:
                yield Edge(site, (found.name, found.receiver), "")

    def _call_edges(self, facts: ModuleFacts, site: Site, value: Value, receiver: str) -> Iterator[Edge]:
        if value.kind == "external":
            yield Edge(site, None, value.name)
            if value.name in _RUN_AT_ONCE:
                for _, number in site.arguments:
                    given = self.value(facts, number, receiver)
                    if given is not None and given.kind == "function" and self.runs_when_called(given.name, site):
                        yield Edge(site, (given.name, given.receiver), "")
            return
        if value.kind == "class":
            for method in ("__init__", "__new__", "__post_init__"):
                found = self.lookup(value.name, method, self.line(value.name), value.name, ())
                if found is None:
                    continue
                if found.kind == "function":
                    yield Edge(site, (found.name, found.receiver), "")
                    yield from self._handed_edges(facts, site, found, receiver)
                elif found.kind == "external" and method == "__init__":
                    yield Edge(site, None, found.name.removesuffix(".__init__"))
            return
        if value.kind == "instance":
            found = self.lookup(value.name, "__call__", self.line(value.name), value.name, ())
            if found is None or found.kind != "function":
                yield Edge(site, None, value.name)
                return
            value = found
        if value.kind == "function":
            if self.runs_when_called(value.name, site):
                yield Edge(site, (value.name, value.receiver), "")
            yield from self._handed_edges(facts, site, value, receiver)

    def runs_when_called(self, qualname: str, site: Site) -> bool:
        """Whether calling a function runs its body at once, on the thread of the caller."""
        found = self.function(qualname)
        if found is None:
            return False
        facts, function = found
        if function.is_async or function.is_generator:
            return False
        for name in self.decorators(facts, function):
            if name in OFFLOADING_DECORATORS or self._wraps_in_coroutine(name):
                return False
            if not name and site.flags & AWAITED:
                return False
            if any(hint in name.rpartition(".")[2].lower() for hint in DECORATOR_HINTS):
                return False
        if site.flags & AWAITED and function.decorators:
            return False
        return True

    def _wraps_in_coroutine(self, decorator: str, asked: frozenset[str] = frozenset()) -> bool:
        """
        Whether a decorator of the project makes a coroutine function of a plain one, or hands it on.

        One that gives back a plain function too has one wrapper for each kind: a plain function stays plain.
        What gives back itself, or a function in `asked`, tells nothing.
        """
        found = self.function(decorator)
        if found is None:
            return False
        facts, function = found
        wraps = False
        for number in function.returned:
            value = self.value(facts, number, "")
            if value is not None and value.kind == "function":
                inner = self.function(value.name)
                if inner is None or value.name == decorator or value.name in asked:
                    continue
                if not inner[1].is_async and not self._wraps_in_coroutine(value.name, asked | {decorator}):
                    return False
                wraps = True
        return wraps

    def _handed_edges(self, facts: ModuleFacts, site: Site, value: Value, receiver: str) -> Iterator[Edge]:
        """The functions among the arguments that the called function calls."""
        if not site.arguments:
            return
        found = self.function(value.name)
        if found is None or not found[1].called:
            return
        function = found[1]
        skipped = 1 if value.receiver or function.role == "class" else 0
        for key, number in site.arguments:
            if isinstance(key, int):
                position = key + skipped
                if position >= len(function.parameters):
                    continue
                name = function.parameters[position]
            else:
                name = key
            if name not in function.called:
                continue
            given = self.value(facts, number, receiver)
            if given is None:
                continue
            if given.kind == "function" and self.runs_when_called(given.name, site._replace(flags=0)):
                yield Edge(site, (given.name, given.receiver), "", (value.name, value.receiver))
            elif given.kind == "external":
                yield Edge(site, None, given.name, (value.name, value.receiver))

    def _with_edges(self, site: Site, value: Value) -> Iterator[Edge]:
        if value.kind == "manager":
            found = self.function(value.name)
            if found is not None and not found[1].is_async:
                yield Edge(site, (value.name, value.receiver), "")
        elif value.kind == "instance":
            for method in ("__enter__", "__exit__"):
                found_method = self.lookup(value.name, method, self.line(value.name), value.name, ())
                if found_method is None:
                    continue
                if found_method.kind == "function":
                    yield Edge(site, (found_method.name, found_method.receiver), "")
                elif found_method.kind == "external":
                    yield Edge(site, None, found_method.name)

    def _loop_edges(self, site: Site, value: Value) -> Iterator[Edge]:
        if value.kind == "generator":
            found = self.function(value.name)
            if found is not None and not found[1].is_async:
                yield Edge(site, (value.name, value.receiver), "")
        elif value.kind == "instance":
            for method in ("__iter__", "__next__"):
                found_method = self.lookup(value.name, method, self.line(value.name), value.name, ())
                if found_method is None:
                    continue
                if found_method.kind == "function":
                    yield Edge(site, (found_method.name, found_method.receiver), "")
                elif found_method.kind == "external" and method == "__iter__":
                    yield Edge(site, None, found_method.name)


def _calls_inherited(facts: ModuleFacts, function: FunctionFacts, name: str) -> bool:
    """Whether a method calls the one of its name in a base class: `super().headers()`."""
    terms = facts.terms
    return any(
        terms[site.term][0] == "A"
        and terms[site.term][2] == name
        and terms[_number(terms[site.term][1])][0] == "X"
        for site in function.sites
    )


def _number(part: object) -> int:
    assert isinstance(part, int)
    return part


def _alternatives(value: Value | None) -> tuple[Value, ...]:
    """What a value may be: itself, or each of its alternatives; nothing for one that is not known."""
    if value is None:
        return ()
    return value.parts if value.kind == "either" else (value,)  # type: ignore[return-value]


def _same(one: Value, other: Value) -> bool:
    return one.kind == other.kind and one.name == other.name and one.receiver == other.receiver


def _result_of_library(name: str) -> Value | None:
    """What calling a library's function, method or class gives."""
    known = returns.method_result(returns.RETURNED, name)
    if known is not None:
        return Value("instance", known)
    awaited = returns.method_result(returns.AWAITED, name)
    if awaited is not None:
        return Value("awaitable", "", "", (Value("instance", awaited),))
    owner, _, method = name.rpartition(".")
    for ancestor in returns.ancestry(owner):
        # What sends a query gives its rows and not the query.
        if ancestor in returns.FLUENT and blocking(f"{ancestor}.{method}") is None:
            return Value("instance", ancestor)
    if name in returns.FACTORIES or method.lstrip("_")[:1].isupper() or name in _PLAIN_CLASSES:
        return Value("instance", name)
    return Value("instance", f"{name}()")


_PLAIN_CLASSES = frozenset(
    {
        "socket.socket",
        "asyncio.Queue",
        "builtins.dict",
        "builtins.list",
        "builtins.set",
        "builtins.tuple",
        "builtins.str",
        "builtins.int",
        "builtins.float",
        "builtins.bytes",
        "builtins.bool",
        "pexpect.spawn",
    }
)
