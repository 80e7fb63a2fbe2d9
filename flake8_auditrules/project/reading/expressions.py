"""What an expression stands for, as a term of the module (see `project/facts.py`)."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_auditrules.knowledge.returns import CONTEXT_FACTORIES
from flake8_auditrules.project.facts import NONE, OF_ANYTHING, UNKNOWN, Term, tells_nothing
from flake8_auditrules.project.reading.places import NodePlaces
from flake8_auditrules.semantics.contents import (
    OBJECTS,
    Key,
    elements,
    is_empty,
    put_in,
)
from flake8_auditrules.semantics.instances import CLASS_OF_LITERAL
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, reads_as_class, uncalled
from flake8_auditrules.semantics.scopes import Scope

_MAXIMUM_DEPTH = 40
_SHORTEST_BEGINNING = 2
_SIZED_QUEUES = frozenset({"queue.Queue", "queue.LifoQueue", "queue.PriorityQueue"})
_PASSED_THROUGH = frozenset(
    {"contextlib.closing", "contextlib.aclosing", "builtins.iter", "asyncio.shield", "copy.copy", "copy.deepcopy"}
)
_WITH_DEFAULT_FACTORY = frozenset({"dataclasses.field", "pydantic.Field", "attr.ib", "attrs.field", "attr.field"})
PROVIDERS = frozenset({"fastapi.Depends", "fastapi.Security"})
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
_CONNECTIONS_TO_MEMORY = frozenset({"duckdb.DuckDBPyConnection", "sqlite3.Connection"})
_ATTACHING = ("ATTACH ", "INSTALL ", "read_csv", "read_json", "read_parquet")
OF_FILES_OR_MEMORY = frozenset({"duckdb.connect", "sqlite3.connect"})
# What they give holds the elements of what they are given, or is one of these.
_OF_ELEMENTS = frozenset(
    f"builtins.{name}"
    for name in (
        *("enumerate", "filter", "list", "max", "min", "next", "reversed", "set", "sorted", "tuple", "zip"),
        *("frozenset",),
    )
)


class ExpressionTerms(NodePlaces):
    """Numbers the terms of one module's expressions."""

    def __init__(self, module: Module) -> None:
        super().__init__(module)
        self.terms: list[Term] = [("?",), ("O",)]
        self.numbers: dict[Term, int] = {("?",): UNKNOWN, ("O",): NONE}
        self.attaches: bool | None = None
        self.depth = 0

    def term_of_name(self, name: ast.Name, scope: Scope) -> int:
        """The term of a name, by what binds it; a matter of the bindings."""
        raise NotImplementedError

    def number(self, *term: object) -> int:
        """The number of a term, entered into the table if it is new."""
        found = self.numbers.get(term)
        if found is None:
            found = self.numbers[term] = len(self.terms)
            self.terms.append(term)
        return found

    def term(self, expression: ast.expr, scope: Scope) -> int:
        """The number of the term that an expression stands for."""
        kind = expression.__class__
        if kind is ast.Name:
            return self.term_of_name(expression, scope)  # type: ignore[arg-type]
        if kind is ast.Constant:
            value = expression.value  # type: ignore[attr-defined]
            return NONE if value is None else self.instance(f"builtins.{type(value).__name__}")
        literal = CLASS_OF_LITERAL.get(kind)
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
        """The term of an instance of a class, by its qualified name."""
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
        number = self.container(CLASS_OF_LITERAL.get(type(made), f"builtins.{name if is_plain else 'dict'}"), held)
        return number if self.terms[number][0] == "Q" else UNKNOWN

    def term_of_compound(self, expression: ast.expr, scope: Scope) -> int:
        """The term of an expression that is neither a name nor a literal."""
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
        """The term of `Store = FileStore | DatabaseStore`, as of a `Union`, or of a chain, `prompt | model`."""
        sides = [self.annotation(side, scope) for side in (expression.left, expression.right)]
        if UNKNOWN in sides or not all(self.names_classes(side) for side in sides):
            parts = [self.term(side, scope) for side in (expression.left, expression.right)]
            known = tuple(part for part in parts if part > NONE)
            return self.number("|", known) if known else UNKNOWN
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
        """The term of an attribute of what a term stands for."""
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
        """The qualified name that a term is; "" for other terms."""
        term = self.terms[number]
        return str(term[1]) if term[0] == "N" else ""

    def term_of_call(self, call: ast.Call, scope: Scope) -> int:
        """The term of what a call gives."""
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
        if name in PROVIDERS:
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
        if name in OF_FILES_OR_MEMORY and is_in_memory(call) and not self.attaches_databases():
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
        """The term of what awaiting gives."""
        value = expression.value
        if isinstance(value, ast.Call) and value.args:
            if self.qualname(self.term(value.func, scope)) == "asyncio.wait_for":
                value = value.args[0]
        inner = self.term(value, scope)
        return self.number("W", inner) if inner else UNKNOWN

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
        """Whether a term is that of an annotation that says nothing."""
        return self.terms[number] in OF_ANYTHING

    def has_databases_in_memory_only(self) -> bool:
        """Whether the module opens databases of SQLite or DuckDB, and only such as are kept in memory."""
        opened = [
            call for call in self.module.calls_named("connect") if self.module.callee(call) in OF_FILES_OR_MEMORY
        ]
        return bool(opened) and all(map(is_in_memory, opened)) and not self.attaches_databases()

    def attaches_databases(self) -> bool:
        """Whether the module has statements for a database in memory that lead it to files or servers."""
        if self.attaches is None:
            self.attaches = any(
                isinstance(one.value, str) and any(word in one.value for word in _ATTACHING)
                for one in self.module.nodes(ast.Constant)
            )
        return self.attaches

    def may_be_handed_in(self, numbers: Sequence[int]) -> bool:
        """Whether values are known, save that a caller may hand in another: `self.client = client or Client()`."""
        if UNKNOWN in numbers:
            return False
        handed = sum(tells_nothing(self.terms, number) for number in numbers)
        return 0 < handed < len(numbers)

    def decorator(self, decorator: ast.expr, scope: Scope) -> int:
        """The term of a decorator, a call of a decorator factory standing for the factory."""
        return self.term(uncalled(decorator), scope)

    def is_literal(self, number: int) -> bool:
        """Whether a term is an instance of a builtin class, or a container whose contents are known."""
        term = self.terms[number]
        if term[0] == "T":
            return self.qualname(term[1]).startswith("builtins.")  # type: ignore[arg-type]
        return term[0] == "Q"


def is_in_memory(call: ast.Call) -> bool:
    """Whether a database of SQLite or DuckDB is opened in memory."""
    first = call.args[0] if call.args else None
    if first is None and not call.keywords:
        return True
    return isinstance(first, ast.Constant) and first.value in (":memory:", "")
