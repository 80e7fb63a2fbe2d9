"""The module: the one object that a rule sees and asks."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from flake8_auditrules.knowledge import harmless
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.instances import ClassMembers, Elsewhere, Instances, Nowhere
from flake8_auditrules.semantics.names import Names, last_name, uncalled
from flake8_auditrules.semantics.plain_classes import only_keeps
from flake8_auditrules.semantics.scopes import Binding, FunctionNode, Scope
from flake8_auditrules.semantics.walk import children, walk
from flake8_auditrules.semantics.written_values import writes_what_it_can

if TYPE_CHECKING:
    from flake8_auditrules.semantics.flow import Flow
    from flake8_auditrules.semantics.values import Range, Values

N = TypeVar("N", bound=ast.AST)
Kept = TypeVar("Kept")

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# What nothing of the function itself is evaluated below.
_UNOPENED = frozenset({ast.Name, ast.Constant, *_FUNCTIONS, ast.Lambda, ast.ClassDef})
_MAY_NAME = frozenset({ast.Name, ast.Attribute, ast.Call, ast.Tuple, ast.List})
_TEXT_LIMIT = 60
# Names of functions that may be there to raise.
_ENDING = pattern(
    r"abort|bad_request|conflict|crash|deny|die|error|exit|fail|fatal|forbid|not_found|panic|quit|raise|refuse|reject"
    r"|throw|unauthori|unreachable|usage",
    re.IGNORECASE,
)
_NEVER = frozenset({"typing.NoReturn", "typing.Never", "typing_extensions.NoReturn", "typing_extensions.Never"})

_TEST_CASES = frozenset({"TestCase", "IsolatedAsyncioTestCase"})


class Module:
    """
    One module's meaning. Everything beyond the walk is worked out when it is asked for, and kept.

    `path` is the file's path as flake8 names it, `lines` its physical lines, `name` its dotted name ("" where
    it has none), `is_test` whether it is a test file: by the configuration, or because it defines fixtures of
    pytest or test cases of unittest. The tree is only read.
    """

    def __init__(
        self,
        tree: ast.Module,
        lines: Sequence[str],
        *,
        path: str = "<unknown>",
        name: str = "",
        is_package: bool = False,
        is_test: bool = False,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.tree = tree
        self.lines = lines
        self.path = path
        self.name = name
        self.is_test = is_test or _holds_tests(tree)
        self.elsewhere: Elsewhere = elsewhere if elsewhere is not None else Nowhere()
        self.index = walk(tree)
        self.names = Names(self.index, name, is_package)
        self.instances = Instances(self.index, self.names, self.elsewhere)
        self._callees: dict[ast.Call, str | None] = {}
        self._flows: dict[ast.AST, Flow] = {}
        self._quiet_flows: dict[ast.AST, Flow] = {}
        self._values: Values | None = None
        self._imported: set[str] | None = None
        self._calls: dict[str, list[ast.Call]] | None = None
        self._given: dict[str, list[ast.Call]] | None = None
        self._names_in: dict[FunctionNode, dict[str, list[ast.Name]]] = {}
        self._kept: dict[object, object] = {}

    # -- the tree --------------------------------------------------------------------------------------

    def nodes(self, kind: type[N]) -> Sequence[N]:
        """All nodes of exactly this class, in source order."""
        return cast("Sequence[N]", self.index.nodes.get(kind, ()))

    def attributes_named(self, name: str) -> Sequence[ast.Attribute]:
        """All attributes of this name (`x.name`), in source order."""
        return self.index.attributes.get(name, ())

    def calls_by_name(self) -> Mapping[str, Sequence[ast.Call]]:
        """
        The module's calls by the last name of what they call, in source order.

        `get` of `a.b.get()`; and `run` of `start()` where `start` is another name for `asyncio.run`.
        """
        if self._calls is None:
            self._calls = dict(self.index.calls)
            moved: set[str] = set()
            for name in self._renamed(self._calls):
                moved.update(self._move_renamed(name, self._calls))
            for name in moved:
                self._calls[name].sort(key=_position)
        return self._calls

    def calls_named_like(self, words: re.Pattern[str]) -> list[tuple[str, Sequence[ast.Call]]]:
        """
        The module's calls by those last names in whose small letters `words` is found, in no particular order.

        All names are searched at once: `words` matches no line end, and has no anchors.
        """
        calls = self.calls_by_name()
        names = list(calls)
        text = "\n".join(names).lower()
        found: dict[str, Sequence[ast.Call]] = {}
        line = position = 0
        for match in words.finditer(text):
            line += text.count("\n", position, match.start())
            position = match.start()
            found[names[line]] = calls[names[line]]
        return list(found.items())

    def _move_renamed(self, name: str, calls: dict[str, list[ast.Call]]) -> Iterator[str]:
        """Put the calls of what has `name` here under its last name elsewhere; yields the names that got calls."""
        kept: list[ast.Call] = []
        for call in calls.get(name, ()):
            meant = self.names.qualname(call.func) if isinstance(call.func, ast.Name) else None
            last = (meant or name).rpartition(".")[2]
            if last == name:
                kept.append(call)
            else:
                calls[last] = [*calls.get(last, ()), call]
                yield last
        calls[name] = kept

    def _renamed(self, names: Mapping[str, object]) -> set[str]:
        """Those of `names` that may stand for something of another name: by an alias, or by an assignment."""
        found: set[str] = set()
        for scope in self.index.scopes.values():
            bindings = scope.bindings
            for name in bindings:
                if name in names and any(self._may_rename(site) for site in bindings[name]):
                    found.add(name)
        return found

    def _may_rename(self, site: ast.AST) -> bool:
        """Whether a node that binds a name may give it a second name: `import ... as`, `name = other`."""
        if isinstance(site, ast.alias):
            return site.asname is not None
        if not isinstance(site, ast.Name):
            return False
        parent = self.index.parents[site]
        if isinstance(parent, (ast.Tuple, ast.List)):
            parent = self.index.parents[parent]
        if not isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
            return False
        value = parent.value
        return value.__class__ in _MAY_NAME and (not isinstance(value, ast.Call) or _is_partial(value))

    def calls_named(self, *names: str) -> Iterator[ast.Call]:
        """The calls whose last name is one of these, name by name, each in source order."""
        calls = self.calls_by_name()
        for name in names:
            yield from calls.get(name, ())

    def function_named(self, expression: ast.expr) -> str | None:
        """The qualified name of a function, or of a method of an object whose class is known."""
        qualname = self.qualname(expression)
        if qualname is None and isinstance(expression, ast.Attribute):
            owner = self.instance_of(expression.value)
            if owner is not None:
                return self.instances.method(owner, expression.attr)
        return qualname

    def calls_by_argument(self) -> Mapping[str, Sequence[ast.Call]]:
        """The module's calls by the name of each argument that they are given by name (`**` for unpacking)."""
        if self._given is None:
            self._given = {}
            for keyword in self.nodes(ast.keyword):
                call = self.index.parents[keyword]
                if isinstance(call, ast.Call):
                    self._given.setdefault("**" if keyword.arg is None else keyword.arg, []).append(call)
        return self._given

    def calls_given(self, *keywords: str) -> Iterator[ast.Call]:
        """The calls that are given one of these arguments by name (`**` for unpacking), each once."""
        calls = self.calls_by_argument()
        yield from dict.fromkeys(call for keyword in keywords for call in calls.get(keyword, ()))

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node's parent; None for the module."""
        return self.index.parents.get(node)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The node's parents, nearest first, the module last."""
        parents = self.index.parents
        current = parents.get(node)
        while current is not None:
            yield current
            current = parents.get(current)

    def enclosing(self, node: ast.AST, *kinds: type[N]) -> N | None:
        """The nearest ancestor of one of these classes."""
        for ancestor in self.ancestors(node):
            if isinstance(ancestor, kinds):
                return ancestor
        return None

    def statement(self, node: ast.AST) -> ast.stmt:
        """The statement that `node` is or is part of."""
        current: ast.AST | None = node
        while current is not None and not isinstance(current, ast.stmt):
            current = self.index.parents.get(current)
        assert isinstance(current, ast.stmt), "every expression stands in a statement"
        return current

    def function_of(self, node: ast.AST) -> FunctionNode | ast.Lambda | None:
        """
        The innermost function or lambda that runs `node`; None where the module or a class body runs it.

        A decorator, default or annotation is run by whatever holds the function.
        """
        parents = self.index.parents
        child = node
        current = parents.get(node)
        while current is not None:
            kind = current.__class__
            if kind in _FUNCTIONS:
                if isinstance(child, ast.stmt):
                    return current  # type: ignore[return-value]
            elif kind is ast.Lambda and child is current.body:  # type: ignore[attr-defined]
                return current  # type: ignore[return-value]
            child, current = current, parents.get(current)
        return None

    def class_of(self, function: ast.AST) -> ast.ClassDef | None:
        """The class whose method `function` directly is."""
        parent = self.index.parents.get(function)
        return parent if isinstance(parent, ast.ClassDef) else None

    def class_of_self(self, expression: ast.expr) -> ast.ClassDef | None:
        """The class in whose method an expression is `self`; None for any other expression."""
        if not isinstance(expression, ast.Name) or expression.id != "self":
            return None
        function = self.function_of(expression)
        return self.class_of(function) if function is not None else None

    def taken_by(self, expression: ast.expr) -> ast.AST | None:
        """What stands around an expression, or around its `await`: an `Expr` where nobody takes its value."""
        around = self.parent(expression)
        return self.parent(around) if isinstance(around, ast.Await) else around

    def own_nodes(self, function: FunctionNode) -> Iterator[ast.AST]:
        """
        The nodes that the function's body itself evaluates, in source order.

        Nested functions, lambdas and classes are yielded, what is in them is not.
        """
        pending: list[ast.AST] = list(reversed(function.body))
        while pending:
            node = pending.pop()
            yield node
            if node.__class__ not in _UNOPENED:
                below = children(node)
                below.reverse()
                pending.extend(below)

    def names_in(self, function: FunctionNode) -> Mapping[str, Sequence[ast.Name]]:
        """The names in a function and in what is nested in it, by what they say, in source order."""
        known = self._names_in.get(function)
        if known is None:
            known = self._names_in[function] = {}
            pending: list[ast.AST] = [function]
            while pending:
                node = pending.pop()
                if node.__class__ is ast.Name:
                    known.setdefault(node.id, []).append(node)
                elif node.__class__ is not ast.Constant:
                    below = children(node)
                    below.reverse()
                    pending.extend(below)
        return known

    def is_generator(self, function: FunctionNode) -> bool:
        """Whether a function's own body yields."""
        return function in self.keep("generators", Module._generators)

    def _generators(self) -> frozenset[ast.AST | None]:
        yields: list[ast.Yield | ast.YieldFrom] = [*self.nodes(ast.Yield), *self.nodes(ast.YieldFrom)]
        return frozenset(self.function_of(node) for node in yields)

    def loop_of(self, node: ast.AST) -> ast.For | ast.AsyncFor | ast.While | ast.comprehension | None:
        """The innermost loop of the same function that runs `node` once a turn (not once before the loop)."""
        parents = self.index.parents
        child = node
        current = parents.get(node)
        while current is not None:
            if isinstance(current, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
                return None
            if isinstance(current, (ast.For, ast.AsyncFor)):
                if child in current.body:
                    return current
            elif isinstance(current, ast.While):
                if child in current.body or child is current.test:
                    return current
            elif isinstance(current, ast.comprehension):
                owner = parents[current]
                first = owner.generators[0] if isinstance(owner, _COMPREHENSIONS) else None
                if current is not first or child is not current.iter:
                    return current
            elif isinstance(current, _COMPREHENSIONS) and not isinstance(child, ast.comprehension):
                return current.generators[-1]
            child, current = current, parents.get(current)
        return None

    # -- text ------------------------------------------------------------------------------------------

    def column(self, node: ast.AST) -> int:
        """The 0-based column of the node's first character (`ast` counts UTF-8 bytes)."""
        offset: int = getattr(node, "col_offset", 0)
        line = self._line(getattr(node, "lineno", 1))
        if line.isascii():
            return offset
        return len(line.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "replace"))

    def _line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def text(self, node: ast.AST, limit: int = _TEXT_LIMIT) -> str:
        """The node's source on one line, shortened in the middle to `limit` characters."""
        source = " ".join(self.source(node).split())
        for opened in "([{":
            source = source.replace(f"{opened} ", opened)
        for closed in ")]}":
            source = source.replace(f", {closed}", closed).replace(f" {closed}", closed)
        if len(source) > limit:
            source = f"{source[: limit - 4]} ..."
        return source

    def source(self, node: ast.AST) -> str:
        """The node's source text as it stands; "" where it has no place."""
        first: int = getattr(node, "lineno", 0)
        last: int | None = getattr(node, "end_lineno", None)
        if not first or last is None:
            return ""
        start: int = getattr(node, "col_offset", 0)
        end: int = getattr(node, "end_col_offset", 0)
        if first == last:
            return _sliced(self._line(first), start, end)
        middle = [self._line(number) for number in range(first + 1, last)]
        return "".join([_sliced(self._line(first), start, None), *middle, _sliced(self._line(last), 0, end)])

    def call_text(self, call: ast.Call) -> str:
        """A call as a message shows it: `name()` without arguments, else `name(...)`."""
        arguments = "(...)" if call.args or call.keywords else "()"
        return f"{self.text(call.func)}{arguments}"

    # -- names and classes -----------------------------------------------------------------------------

    def scope_of(self, node: ast.AST) -> Scope:
        """The scope in which `node` is evaluated."""
        return self.index.scope_of(node)

    def bindings(self, name: ast.Name) -> list[Binding]:
        """All bindings of what `name` refers to, in source order; empty for builtins and unknown names."""
        return [self.names.binding(site) for site in self.sites_of(name)]

    def owner_of(self, name: ast.Name) -> Scope | None:
        """The scope that binds what `name` refers to; None for a builtin or an unknown name."""
        return self.index.owner_of(name)

    def sites_of(self, name: ast.Name) -> Sequence[ast.AST]:
        """The nodes that bind what `name` refers to, in source order; empty for builtins and unknown names."""
        return self.index.sites_of(name)

    def qualname(self, expression: ast.expr) -> str | None:
        """The qualified name that a name or attribute chain refers to, such as "httpx.AsyncClient"."""
        return self.names.qualname(expression)

    def callee(self, call: ast.Call) -> str | None:
        """The qualified name of what a call calls, also "httpx.Client.get" on an instance."""
        try:
            return self._callees[call]
        except KeyError:
            found = self._callees[call] = self.instances.callee(call)
            return found

    def called_function(self, call: ast.Call) -> FunctionNode | None:
        """The function or method of this module that a call calls; None for those of other modules."""
        return self.instances.local_function(self.callee(call) or "")

    def function_behind(self, expression: ast.expr) -> FunctionNode | None:
        """The function or method of this module that an expression refers to; None for those of other modules."""
        return self.instances.local_function(self.function_named(expression) or "")

    def called(self, call: ast.Call, names: Container[str]) -> str | None:
        """
        Which of `names` a call calls; methods count for the known bases of the receiver's class too.

        A method that a class of this module overrides is that class's own.
        """
        callee = self.callee(call)
        if callee is None:
            return None
        if callee in names:
            return callee
        if not isinstance(call.func, ast.Attribute) or self.instances.local_function(callee) is not None:
            return None
        owner, _, method = callee.rpartition(".")
        for ancestor in self.instances.ancestry(owner)[1:]:
            if f"{ancestor}.{method}" in names:
                return f"{ancestor}.{method}"
        return None

    def instance_of(self, expression: ast.expr) -> str | None:
        """The qualified name of the class that the expression's value is an instance of."""
        return self.instances.instance_of(expression)

    def is_instance(self, expression: ast.expr, class_name: str) -> bool:
        """Whether the expression is known to be an instance of the class or of a subclass of it."""
        found = self.instances.instance_of(expression)
        return found is not None and class_name in self.instances.ancestry(found)

    def members(self, node: ast.ClassDef) -> ClassMembers:
        """The methods and attributes of a class of this module."""
        return self.instances.members(node)

    def definition(self, node: ast.AST) -> str:
        """The dotted name of a function or class of this module."""
        return self.names.definition(node)

    def imports(self, *libraries: str) -> bool:
        """Whether the module imports one of these top-level packages anywhere."""
        if self._imported is None:
            self._imported = {
                alias.name.partition(".")[0] for node in self.nodes(ast.Import) for alias in node.names
            }
            self._imported.update(
                self.names.imported_module(node).partition(".")[0] for node in self.nodes(ast.ImportFrom)
            )
        return not self._imported.isdisjoint(libraries)

    # -- calls -----------------------------------------------------------------------------------------

    def argument(self, call: ast.Call, name: str, position: int | None = None) -> ast.expr | None:
        """
        The expression given for a parameter: the keyword `name`, or the 0-based `position`.

        None where it is not given, or where `*` or `**` may give it (`has_unpacking` tells).
        """
        for keyword in call.keywords:
            if keyword.arg == name:
                return keyword.value
        if position is not None and position < len(call.args):
            if not any(isinstance(argument, ast.Starred) for argument in call.args[: position + 1]):
                return call.args[position]
        return None

    def has_unpacking(self, call: ast.Call) -> bool:
        """Whether `*` or `**` may give the call arguments that are not written out."""
        return any(keyword.arg is None for keyword in call.keywords) or any(
            isinstance(argument, ast.Starred) for argument in call.args
        )

    def awaited(self, call: ast.Call) -> bool:
        """Whether the call's result is awaited, or entered by `async with` or `async for`, at once."""
        parent = self.index.parents.get(call)
        if isinstance(parent, ast.Await):
            return True
        if isinstance(parent, ast.withitem) and parent.context_expr is call:
            return isinstance(self.index.parents.get(parent), ast.AsyncWith)
        return isinstance(parent, ast.AsyncFor) and parent.iter is call

    def on_event_loop(self, node: ast.AST) -> bool:
        """Whether `node` is run by the body of an `async def` itself."""
        return isinstance(self.function_of(node), ast.AsyncFunctionDef)

    # -- paths and numbers -----------------------------------------------------------------------------

    def flow(self, function: FunctionNode | ast.Module) -> Flow:
        """The control-flow graph of a function or of the module's own statements."""
        flow = self._flows.get(function)
        if flow is None:
            from flake8_auditrules.semantics.flow import Flow

            flow = self._flows[function] = Flow(function, self.qualname, never_returns=self.never_returns)
        return flow

    def quiet_flow(self, function: FunctionNode | ast.Module) -> Flow:
        """The graph of a function in which calls that in practice never fail (`len`, logging) raise nothing."""
        flow = self._quiet_flows.get(function)
        if flow is None:
            from flake8_auditrules.semantics.flow import Flow

            flow = self._quiet_flows[function] = Flow(
                function, self.qualname, self.is_harmless, never_returns=self.never_returns
            )
        return flow

    def is_harmless(self, call: ast.Call) -> bool:
        """Whether a call in practice never raises."""
        if isinstance(call.func, ast.Attribute):
            if call.func.attr in harmless.METHODS:
                return True
            if call.func.attr == "set" and not call.args and not call.keywords:
                # The flag of an event.
                return True
            if call.func.attr == "format" and isinstance(call.func.value, ast.Constant):
                return True
            if call.func.attr == "encode" and isinstance(call.func.value, ast.JoinedStr) and not call.args:
                return True
            if call.func.attr == "bind" and call.args and isinstance(call.args[0], ast.Tuple):
                # Some port is always free.
                port = call.args[0].elts[-1]
                if isinstance(port, ast.Constant) and port.value == 0:
                    return True
            if call.func.attr == "execute" and call.args and isinstance(call.args[0], ast.Constant):
                statement = call.args[0].value
                return isinstance(statement, str) and statement.strip().lower().startswith(harmless.PRAGMAS)
        name = self.qualname(call.func)
        if name in harmless.CALLS or (name in harmless.OF_SEVERAL and len(call.args) > 1):
            return True
        if writes_what_it_can(self, call):
            return True
        catching = self.keep("functions that catch all failures", Module._functions_that_catch_all)
        last = last_name(call)
        if last in catching and self.callee(call) in catching.values():
            return True
        if not last.lstrip("_")[:1].isupper():
            return False
        plain = self.keep("classes that only keep what they get", Module._classes_that_only_keep)
        return last in plain and not self.has_unpacking(call) and self.callee(call) == plain[last]

    def _classes_that_only_keep(self) -> dict[str, str]:
        """The dotted names, by last name, of the module's classes whose objects are made without a failure."""
        return {
            node.name: self.definition(node)
            for node in self.nodes(ast.ClassDef)
            if isinstance(node, ast.ClassDef) and only_keeps(node)
        }

    def _functions_that_catch_all(self) -> dict[str, str]:
        """The dotted names, by last name, of the module's plain functions that are one `try` that catches all."""
        return {
            function.name: self.definition(function)
            for function in self.nodes(ast.FunctionDef)
            if _catches_all(function)
        }

    def never_returns(self, call: ast.Call) -> bool:
        """
        Whether a call calls a function that is annotated to never return: one of this module, or one of another
        module of the project whose name says so.
        """
        last = last_name(call)
        never = self.keep("functions that never return", Module._functions_that_never_return)
        if last in never and self.callee(call) in never.values():
            return True
        if not _ENDING.search(last):
            return False
        callee = self.callee(call)
        awaited = isinstance(self.parent(call), ast.Await)
        return callee is not None and self.elsewhere.returned_class(callee, awaited) in _NEVER

    def _functions_that_never_return(self) -> dict[str, str]:
        """The dotted names, by last name, of the module's functions that are annotated to never return."""
        functions: list[FunctionNode] = [*self.nodes(ast.FunctionDef), *self.nodes(ast.AsyncFunctionDef)]
        return {
            function.name: self.definition(function)
            for function in functions
            if function.returns is not None and (self.instances.annotated_class(function.returns) or "") in _NEVER
        }

    def flow_of(self, node: ast.AST) -> Flow:
        """The graph of the function that runs `node`, a lambda's being that of the function around it."""
        function = self.function_of(node)
        while isinstance(function, ast.Lambda):
            function = self.function_of(function)
        return self.flow(function if function is not None else self.tree)

    @property
    def values(self) -> Values:
        """The values of the module's expressions."""
        if self._values is None:
            from flake8_auditrules.semantics.values import Values

            self._values = Values(self)
        return self._values

    def value(self, expression: ast.expr) -> Range:
        """The range of numbers that the expression can be; always an answer."""
        return self.values.value(expression)

    def truth(self, expression: ast.expr) -> bool | None:
        """Whether the expression counts as true where it stands; None where it may count as either."""
        return self.values.truth(expression)

    def literal(self, expression: ast.expr) -> int | float | str | bytes | bool | None:
        """The one constant that the expression certainly is, also through names; None where it is not known."""
        return self.values.literal(expression)

    def keep(self, question: object, answer: Callable[[Module], Kept]) -> Kept:
        """The answer to a question about the whole module, worked out once for all rules that ask it."""
        if question not in self._kept:
            self._kept[question] = answer(self)
        return cast("Kept", self._kept[question])


def _catches_all(function: ast.FunctionDef) -> bool:
    """Whether a function is nothing but a `try` whose last handler catches every failure and gives an answer."""
    *before, last = function.body
    if not isinstance(last, ast.Try) or last.finalbody or last.orelse or function.decorator_list:
        return False
    if any(not _is_plain(statement) for statement in before) or not last.handlers:
        return False
    caught = last.handlers[-1].type
    if not (caught is None or (isinstance(caught, ast.Name) and caught.id in ("Exception", "BaseException"))):
        return False
    return all(_is_plain(statement) for handler in last.handlers for statement in handler.body)


def _is_plain(statement: ast.stmt) -> bool:
    """Whether a statement fails for nobody: it passes, tells what is there, or returns an empty answer."""
    value = getattr(statement, "value", None)
    if isinstance(statement, ast.Return) and isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in ("set", "dict", "list") and not value.args
    return isinstance(statement, (ast.Pass, ast.Return, ast.Expr, ast.Assign, ast.Global)) and not any(
        isinstance(part, (ast.Call, ast.Await, ast.Subscript, ast.Yield))
        for part in ast.walk(statement)
        if part is not value or not isinstance(statement, ast.Expr) or not _tells(part)
    )


def _tells(node: ast.AST) -> bool:
    """Whether a call only writes to a log: `logger.warning("...")`."""
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in harmless.TELLING
    )


def _position(node: ast.expr) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _is_partial(call: ast.Call) -> bool:
    """Whether a call reads as `functools.partial(...)`, whose result calls what it is given."""
    return last_name(call.func) == "partial"


def _sliced(line: str, start: int, end: int | None) -> str:
    """A piece of a line by UTF-8 byte offsets, as `ast` gives them."""
    if line.isascii():
        return line[start:end]
    return line.encode("utf-8", "surrogatepass")[start:end].decode("utf-8", "replace")


def _holds_tests(tree: ast.Module) -> bool:
    """
    Whether only tests run a module.

    It makes fixtures for pytest (`@pytest.fixture`), as plugins do, or has test cases of `unittest`.
    """
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for decorator in statement.decorator_list:
                made = uncalled(decorator)
                if isinstance(made, ast.Attribute) and made.attr == "fixture":
                    if isinstance(made.value, ast.Name) and made.value.id.startswith("pytest"):
                        return True
        elif isinstance(statement, ast.ClassDef):
            for base in statement.bases:
                if isinstance(base, ast.Attribute) and base.attr in _TEST_CASES and _has_tests(statement):
                    return isinstance(base.value, ast.Name) and base.value.id == "unittest"
    return False


def _has_tests(class_: ast.ClassDef) -> bool:
    return any(
        isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)) and method.name.startswith("test_")
        for method in class_.body
    )
