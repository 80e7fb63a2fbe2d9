"""AUD306: a handler or `finally` uses a name that the failed `try` has not bound."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence

from flake8_auditrules.knowledge import harmless, raising
from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.flow import evaluated
from flake8_auditrules.semantics.handlers import is_broad, statements
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.scopes import FunctionNode, Scope, ScopeKind
from flake8_auditrules.semantics.walk import children

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OPENERS = (*_FUNCTIONS, ast.Lambda, ast.ClassDef)
_BROAD = frozenset({"builtins.Exception", "builtins.BaseException"})
_CATCH_UNBOUND = _BROAD | {"builtins.NameError", "builtins.UnboundLocalError"}
# Constructors, which hardly ever fail, and functions that only answer a question.
# What asks, sets or names something in memory, and what tells listeners.
_QUIET = pattern(
    r"_*[A-Z]|_?(?:is|has|can|should|random|set|debug|print)_|_*get_\w+_(?:label|index|name|key|id|title)$|event$|new_event_loop$"
)
# What reads the text of a message.
_ANSWERS = frozenset({"get_json", "json", "loads"})
# One class by two names.
_TIMEOUT = frozenset({"asyncio.TimeoutError", "builtins.TimeoutError"})
_STARTING_TASKS = frozenset({"asyncio.create_task", "asyncio.ensure_future"})
_LOOKS = frozenset({"builtins.locals", "builtins.vars", "builtins.dir", "builtins.globals"})


class UnboundInHandler(Rule):
    """
    ## What it does
    Finds names that are bound only inside a `try` body and used in its `except` or `finally` on a way on which
    a statement raised before the name was bound. Handlers for narrow classes count where the call that stands
    first is known to raise them.

    ## Why it matters
    The handler itself then fails with `UnboundLocalError`: the clean-up is left out, and what is logged and
    answered is the wrong error. It happens exactly when the first call fails, the case the handler is for.

    ## When to silence it
    When the statements before the binding cannot raise for a reason that the code does not show.
    """

    code = "AUD306"
    severity = Severity.HIGH
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = (
        "`{name}` is not bound here when line {line} raises, and NameError hides the error; "
        "bind it before the `try`"
    )
    examined = "names read in `except` and `finally` are bound by then"

    bad = (
        """
        def copy(connect, source, target):
            try:
                connection = connect(source)
                target.write(connection.read())
            finally:
                connection.close()  # AUD306
        """,
        """
        import logging

        import requests

        log = logging.getLogger(__name__)

        def price(url):
            try:
                response = requests.get(url, timeout=5)
                return response.json()["price"]
            except Exception:
                log.exception("no price in %s", response.text)  # AUD306
                raise
        """,
    )
    good = (
        """
        def copy(connect, source, target):
            connection = connect(source)
            try:
                target.write(connection.read())
            finally:
                connection.close()
        """,
        """
        def copy(connect, source, target):
            connection = None
            try:
                connection = connect(source)
                target.write(connection.read())
            finally:
                if connection is not None:
                    connection.close()
        """,
    )

    def visit_Try(self, node: ast.Try) -> None:
        """Report the first use of each such name, once for each call that leaves names unbound."""
        scope = self.module.scope_of(node)
        reported: set[str] = set()
        raisers: set[int] = set()
        for handler in node.handlers:
            self._look(node, handler.body, scope, handler, reported, raisers)
        if node.finalbody:
            self._look(node, node.finalbody, scope, None, reported, raisers)

    def _look(
        self,
        node: ast.Try,
        block: Sequence[ast.stmt],
        scope: Scope,
        handler: ast.ExceptHandler | None,
        reported: set[str],
        raisers: set[int],
    ) -> None:
        for name in self._reads(block):
            if name.id in reported or not _is_bound_in(scope, name.id, node.body) or self._is_bound_beside(name):
                continue
            line = self._line_that_leaves_unbound(node, name, handler, block)
            if line is None:
                self.passed(name)
            elif line not in raisers:
                reported.add(name.id)
                raisers.add(line)
                self.report(name, name=name.id, line=str(line))

    def _is_bound_beside(self, name: ast.Name) -> bool:
        """Whether an item before in the same `with` binds a name: `with connect() as db, db.cursor():`."""
        statement = self.module.statement(name)
        if not isinstance(statement, (ast.With, ast.AsyncWith)):
            return False
        for item in statement.items:
            if name in ast.walk(item.context_expr):
                return False
            target = item.optional_vars
            if target is not None and any(
                isinstance(part, ast.Name) and part.id == name.id for part in ast.walk(target)
            ):
                return True
        return False

    def _reads(self, block: Sequence[ast.stmt]) -> Iterator[ast.Name]:
        """The names that a block itself reads, in source order, less those read where NameError is caught."""
        pending: list[ast.AST] = list(reversed(block))
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Name):
                if isinstance(node.ctx, ast.Load):
                    yield node
            elif isinstance(node, (ast.With, ast.AsyncWith)) and self._suppresses_unbound(node):
                continue
            elif isinstance(node, ast.Try) and self._catches_unbound(node):
                pending.extend(reversed([*node.orelse, *node.finalbody]))
            elif not isinstance(node, _OPENERS):
                pending.extend(reversed(children(node)))

    def _catches_unbound(self, node: ast.Try) -> bool:
        return any(handler.type is None or self._classes(handler) & _CATCH_UNBOUND for handler in node.handlers)

    def _suppresses_unbound(self, node: ast.With | ast.AsyncWith) -> bool:
        return any(
            isinstance(item.context_expr, ast.Call)
            and self.module.callee(item.context_expr) == "contextlib.suppress"
            and any(self.module.qualname(given) in _CATCH_UNBOUND for given in item.context_expr.args)
            for item in node.items
        )

    def _classes(self, handler: ast.ExceptHandler) -> set[str]:
        parts = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        return {self.module.qualname(part) or "" for part in parts if part is not None}

    def _line_that_leaves_unbound(
        self, node: ast.Try, name: ast.Name, handler: ast.ExceptHandler | None, block: Sequence[ast.stmt]
    ) -> int | None:
        module = self.module
        function = module.function_of(node)
        if isinstance(function, ast.Lambda):
            return None
        owner = module.owner_of(name)
        if owner is None or owner.node is not (function if function is not None else module.tree):
            return None
        if owner.kind not in (ScopeKind.FUNCTION, ScopeKind.MODULE) or name.id in owner.global_names:
            return None
        sites = owner.bindings[name.id]
        if any(isinstance(site, ast.arg) or _line(site) < node.lineno for site in sites):
            return None
        raiser = self._first_that_raises(node, name.id, handler)
        if handler is None and any(part.id == name.id for one in node.handlers for part in _stored(one.body)):
            # A handler sees to it; that the handler itself fails before is another matter.
            return None
        if raiser is None or self._looks_at_names(block) or self._bound_elsewhere(function, name.id):
            return None
        if handler is not None and self._asks_which_error(name, handler):
            return None
        if handler is None and self._asks_what_handlers_set(name, node):
            return None
        if handler is None and self._asks_what_is_set_later(name, node):
            return None
        flow = module.quiet_flow(function if function is not None else module.tree)
        statement = module.statement(name)
        if flow.definitely_bound(name.id, statement):
            return None
        return raiser.lineno

    def _first_that_raises(self, node: ast.Try, name: str, handler: ast.ExceptHandler | None) -> ast.Call | None:
        """The first call of the body, up to the first binding of the name, that can bring control here."""
        caught = None if handler is None or handler.type is None else self._classes(handler)
        if caught is not None and (caught & _BROAD or caught & raising.AT_ANY_TIME):
            caught = None
        taken = self._taken_before(node, handler) if caught is None and handler is not None else set()
        pending = list(reversed(node.body))
        while pending:
            statement = pending.pop()
            loop = isinstance(statement, (ast.For, ast.AsyncFor))
            if loop and any(part.id == name for part in _stored_by(statement)):
                # What the loop goes over gives its first item nearly always: only what stands before counts.
                return None
            for part in _evaluated_before(statement, name):
                if isinstance(part, ast.Call) and self._raises(part, caught) and not self._is_taken(part, taken):
                    return part
            if any(target.id == name for target in _stored_by(statement)):
                return None
            for block in ("finalbody", "orelse", "handlers", "body"):
                if block == "body" and isinstance(statement, ast.Try) and self._takes_all(statement, name):
                    continue
                pending.extend(
                    inner for inner in reversed(getattr(statement, block, [])) if isinstance(inner, ast.stmt)
                )
        return None

    def _taken_before(self, node: ast.Try, handler: ast.ExceptHandler) -> set[str]:
        """The classes that the handlers before one take."""
        before = node.handlers[: node.handlers.index(handler)]
        return {name for one in before if one.type is not None for name in self._classes(one)}

    def _is_taken(self, call: ast.Call, taken: set[str]) -> bool:
        """Whether all that a call is known to raise is of classes that handlers have taken before."""
        if not taken:
            return False
        callee = self.module.callee(call) or ""
        raised = raising.RAISED.get(callee, raising.FILE if callee.startswith(raising.SYSTEM) else frozenset())
        if not _TIMEOUT.isdisjoint(taken):
            taken = taken | _TIMEOUT
        return bool(raised) and all(name in taken or _parent_of(name) in taken for name in raised)

    def _takes_all(self, statement: ast.Try, name: str) -> bool:
        """Whether a `try` that does not bind the name takes all its failures and raises none."""
        return all(target.id != name for target in _stored(statement.body)) and any(
            is_broad(self.module, handler)
            and not any(isinstance(part, ast.Raise) for part in statements(handler.body))
            for handler in statement.handlers
        )

    def _raises(self, call: ast.Call, caught: set[str] | None) -> bool:
        callee = self.module.callee(call)
        if caught is None and callee not in raising.RAISED:
            last = last_name(call)
            if last in raising.SILENT_METHODS and isinstance(call.func, ast.Attribute):
                return False
            if self._checks_what_comes(call, last):
                return True
            if callee in harmless.CALLS or last in harmless.METHODS or _QUIET.match(last):
                return False
            if last == "pop" and len(call.args) == 2:
                # With what is given in its absence: a look into a mapping.
                return False
            if last == "set" and len(call.args) == 1 and not call.keywords:
                # A variable of the context takes any value: `token = request_id.set(value)`.
                return False
            if self._only_formats(callee) or (last == "Session" and not call.args and not call.keywords):
                # Making a session of SQLAlchemy does not connect yet.
                return False
            if callee == "asyncio.gather" or self._starts_task(call, callee):
                # What is gathered, or runs as a task, fails later, when it is waited for.
                return False
            if last in ("pop", "popitem", "popleft") and self._is_filled(call):
                return False
            return not (callee or "").startswith(raising.SILENT_MODULES)
        return caught is None or bool(raising.RAISED.get(callee or "", frozenset()) & caught)

    def _starts_task(self, call: ast.Call, callee: str | None) -> bool:
        """Whether a coroutine makes a task by a call, or the call makes what a task is made of."""
        around = self.module.parent(call)
        made = around if isinstance(around, ast.Call) and call in around.args else None
        if callee not in _STARTING_TASKS and (made is None or self.module.callee(made) not in _STARTING_TASKS):
            return False
        return isinstance(self.module.function_of(call), ast.AsyncFunctionDef)

    def _checks_what_comes(self, call: ast.Call, last: str) -> bool:
        """Whether a constructor takes its arguments from a mapping made elsewhere: `Event(**message)`."""
        if not last.lstrip("_")[:1].isupper():
            return False
        for keyword in call.keywords:
            if keyword.arg is not None:
                continue
            if isinstance(keyword.value, (ast.Call, ast.Await)) and last_name(keyword.value) in _ANSWERS:
                return True
            if isinstance(keyword.value, ast.Name):
                sites = self.module.index.sites_of(keyword.value)
                arguments = [self.module.parent(site) for site in sites if isinstance(site, ast.arg)]
                if any(isinstance(one, ast.arguments) and one.kwarg not in sites for one in arguments):
                    return True
        return False

    def _is_filled(self, call: ast.Call) -> bool:
        """Whether the loop around a call goes on while there is something in what the call takes it from."""
        if not isinstance(call.func, ast.Attribute):
            return False
        taken = self.module.text(call.func.value)
        return any(
            isinstance(ancestor, (ast.While, ast.If))
            and any(
                isinstance(part, (ast.Name, ast.Attribute)) and self.module.text(part) == taken
                for part in ast.walk(ancestor.test)
            )
            for ancestor in self.module.ancestors(call)
        )

    def _only_formats(self, callee: str | None) -> bool:
        """Whether a call is one of a plain function of this module that makes a text and calls nothing else."""
        function = self.module.instances.local_function(callee or "")
        return (
            isinstance(function, ast.FunctionDef)
            and all(
                isinstance(part.func, ast.Attribute)
                and (part.func.attr in harmless.METHODS or part.func.attr in raising.SILENT_METHODS)
                for part in self.module.own_nodes(function)
                if isinstance(part, ast.Call)
            )
            and not any(isinstance(part, (ast.Raise, ast.Subscript)) for part in self.module.own_nodes(function))
        )

    def _asks_which_error(self, name: ast.Name, handler: ast.ExceptHandler) -> bool:
        """Whether the use stands under a test of the caught error: which one it is tells how far the body came."""
        return handler.name is not None and any(
            isinstance(ancestor, (ast.If, ast.IfExp))
            and any(isinstance(part, ast.Name) and part.id == handler.name for part in ast.walk(ancestor.test))
            for ancestor in self.module.ancestors(name)
        )

    def _asks_what_handlers_set(self, name: ast.Name, node: ast.Try) -> bool:
        """Whether a use in `finally` stands under a test of a name that a handler of this `try` sets."""
        told = {part.id for handler in node.handlers for part in _stored(handler.body)}
        return any(
            isinstance(ancestor, (ast.If, ast.IfExp))
            and ancestor.lineno > node.lineno
            and mentions(ancestor.test, told)
            for ancestor in self.module.ancestors(name)
        )

    def _asks_what_is_set_later(self, name: ast.Name, node: ast.Try) -> bool:
        """Whether a use in `finally` stands under a test of a name that the body sets after binding it."""
        stored = [part for part in _stored(node.body) if part.id == name.id]
        first = min((part.lineno for part in stored), default=0)
        later: dict[str, int] = {}
        for part in _stored(node.body):
            later[part.id] = min(part.lineno, later.get(part.id, part.lineno))
        return any(
            isinstance(ancestor, (ast.If, ast.IfExp))
            and ancestor.lineno > node.lineno
            and isinstance(ancestor.test, ast.Name)
            and any(later.get(asked, 0) > first > 0 for asked in _made_of(ancestor.test.id, node.finalbody))
            for ancestor in self.module.ancestors(name)
        )

    def _looks_at_names(self, block: Sequence[ast.stmt]) -> bool:
        """Whether the block asks which names are bound (`"f" in locals()`)."""
        return any(
            isinstance(part, ast.Call) and self.module.qualname(part.func) in _LOOKS
            for statement in block
            for part in ast.walk(statement)
        )

    def _bound_elsewhere(self, function: FunctionNode | None, name: str) -> bool:
        """Whether a nested function binds the name by `nonlocal` or `global`."""
        module = self.module
        declared: list[ast.Global | ast.Nonlocal] = [*module.nodes(ast.Global), *module.nodes(ast.Nonlocal)]
        return any(name in node.names and module.function_of(node) is not function for node in declared)


def _parent_of(name: str) -> str:
    """The class that stands for the errors of the system, for one of them; the name itself for others."""
    kind = getattr(builtins, name.removeprefix("builtins."), None) if name.startswith("builtins.") else None
    return "builtins.OSError" if isinstance(kind, type) and issubclass(kind, OSError) else name


def _made_of(name: str, block: Sequence[ast.stmt]) -> set[str]:
    """A name, and the names that the assignments of a block make it of."""
    names = {name}
    for statement in block:
        if isinstance(statement, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in statement.targets
        ):
            names.update(part.id for part in ast.walk(statement.value) if isinstance(part, ast.Name))
    return names


def _evaluated_before(statement: ast.stmt, name: str) -> Iterator[ast.AST]:
    """What a statement evaluates; of a `with`, what it evaluates up to the manager that binds the name."""
    if not isinstance(statement, (ast.With, ast.AsyncWith)):
        yield from evaluated(statement)
        return
    for item in statement.items:
        yield from ast.walk(item.context_expr)
        target = item.optional_vars
        if target is not None and any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(target)):
            return


def _is_bound_in(scope: Scope, name: str, block: Sequence[ast.stmt]) -> bool:
    """Whether a statement of a block of the scope, or in it, assigns the name."""
    first, last = block[0].lineno, block[-1].end_lineno or block[-1].lineno
    return any(
        isinstance(site, ast.Name) and isinstance(site.ctx, ast.Store) and first <= site.lineno <= last
        for site in scope.bindings.get(name, ())
    )


def _stored(block: Sequence[ast.stmt]) -> Iterator[ast.Name]:
    """The names that a block itself binds."""
    pending: list[ast.AST] = list(reversed(block))
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                yield node
        elif not isinstance(node, _OPENERS):
            pending.extend(reversed(children(node)))


def _stored_by(statement: ast.stmt) -> Iterator[ast.Name]:
    """The names that a simple statement, or the header of a compound one, binds."""
    return (
        part for part in evaluated(statement) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    )


def _line(site: ast.AST) -> int:
    line: int = getattr(site, "lineno", 0)
    return line
