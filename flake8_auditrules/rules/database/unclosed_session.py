"""AUD405: a session or database connection that some path leaves open."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import partial

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.borrowers import never_closes
from flake8_auditrules.project.connection_sources import (
    gives_open_connection,
    is_of_project,
    opened_behind,
    yielded_behind,
)
from flake8_auditrules.project.safe_calls import takes_in_its_failures
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.flow import Exit, ExitKind, Flow, Raising, Statement, evaluated
from flake8_auditrules.semantics.handlers import caught
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, reads_as_class
from flake8_auditrules.semantics.openings import (
    has_own_class,
    is_asynchronous,
    is_closed_by_block,
    is_session,
    opened_by,
)
from flake8_auditrules.semantics.ownership import Outcome, Owned, outcome_of, owned_by, uses_of
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sessions import is_migration

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_CLOSERS = database.CLOSING
# What opens something is named so; it saves the resolving of all other calls.
_OPENING_NAME = pattern(r"conn|session|db|database|sqlite|maker|factory|local")
# The one class of a library that all its errors are of.
_OWN_ERRORS = frozenset({"Error", "MySQLError", "PostgresError", "SQLAlchemyError"})
# A function that gives a new connection is named for it.
_GIVING_NAME = pattern(r"conn|session|db|database|sqlite")
_WORKING = frozenset({*database.WORKING, "executemany", "executescript", "fetch", "fetchrow", "fetchval"})
# What a session does without a connection to the database.
_WITHOUT_CONNECTION = frozenset({"add", "add_all", "bind", "expunge", "info"})
_CLOSING_CALLS = frozenset({"closing", "close_connection", "release", "putconn"})
# What takes the first of what a generator yields, and drops the generator.
_FIRST_OF_GENERATOR = frozenset({"next", "anext", "__next__", "__anext__"})
_BORROWED = frozenset({Outcome.LOCAL, Outcome.INLINE, Outcome.DROPPED})
# Functions that are named for what they do with rows are done with the session when they return.
_LENDING_NAME = pattern(
    r"(?:create|update|upsert|delete|remove|insert|save|store|find|fetch|load|list|count|select|query|execute|run|"
    r"process|import|export|sync|seed|populate|exists|has|is|compute|calculate|ensure|write|read)_\w+|execute|seed"
)


class UnclosedSession(Rule):
    """
    ## What it does
    Finds SQLAlchemy sessions and connections and DB-API connections (sqlite3, psycopg, PyMySQL, asyncpg, ...)
    that the function which opens them does not close on some path, an exception's included; also
    `with sqlite3.connect(...)` and its like, whose block commits and leaves the connection open. What a function
    of the project opens for its caller counts as well. So does `next(get_session())`: the generator is dropped at
    once, closes the session, and leaves open what the session opens afterwards.

    ## Why it matters
    A session that has been used holds a connection of the pool. Each call that ends without `close()` takes
    one away for as long as anything refers to the session, the traceback of a failure for example; when the
    pool is empty, every request waits for `pool_timeout` and fails.

    ## When to silence it
    When something that the rule cannot see closes it.
    """

    code = "AUD405"
    severity = Severity.HIGH
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    message = "`{call}` is not closed {when}; use `{cure}`"
    examined = "sessions and connections are closed on every way out"
    reach = Reach.CALLEES

    bad = (
        """
        from sqlalchemy import select
        from sqlalchemy.orm import sessionmaker

        SessionLocal = sessionmaker()

        def names(table):
            session = SessionLocal()  # AUD405
            found = session.scalars(select(table.c.name)).all()
            session.close()
            return found
        """,
        """
        import sqlite3

        def count(path):
            with sqlite3.connect(path) as connection:  # AUD405
                return connection.execute("SELECT count(*) FROM row").fetchone()[0]
        """,
    )
    good = (
        """
        from sqlalchemy import select
        from sqlalchemy.orm import sessionmaker

        SessionLocal = sessionmaker()

        def names(table):
            with SessionLocal() as session:
                return session.scalars(select(table.c.name)).all()
        """,
        """
        import sqlite3
        from contextlib import closing

        def count(path):
            with closing(sqlite3.connect(path)) as connection:
                return connection.execute("SELECT count(*) FROM row").fetchone()[0]
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report each call that opens a session or connection which a path leaves open."""
        if self.module.is_test or is_command_line(self.module) or is_migration(self.module):
            return
        for _, calls in self.module.calls_named_like(_OPENING_NAME):
            for call in calls:
                self._look_at(call)
        for _, calls in self.module.calls_named_like(_GIVING_NAME):
            self._look_at_entered(calls)

    def _look_at_entered(self, calls: Sequence[ast.Call]) -> None:
        """Report the `with` blocks of what functions of the project only open, where nothing closes it."""
        opening: dict[str, bool] = {}
        for call in calls:
            item = self.module.parent(call)
            if not isinstance(item, ast.withitem) or not isinstance(self.module.parent(item), ast.With):
                continue
            function = self.module.function_of(call)
            callee = self.module.callee(call)
            if not isinstance(function, _FUNCTIONS) or callee is None or callee in database.CONNECTING:
                continue
            if isinstance(item.optional_vars, ast.Name):
                if self._is_closed_anywhere(function, item.optional_vars):
                    continue
            elif item.optional_vars is not None:
                continue
            if callee not in opening:
                opening[callee] = gives_open_connection(self.project, self.module, call)
            if opening[callee]:
                cure = f"with closing({self.module.call_text(call)})"
                self._report(call, "by the `with` block, which only commits or rolls back", cure)

    def _look_at(self, node: ast.Call) -> None:
        function = self.module.function_of(node)
        if not isinstance(function, _FUNCTIONS):
            return
        parent = self.module.parent(node)
        if last_name(parent) in _FIRST_OF_GENERATOR:
            self._look_at_first(node, parent)
            return
        opened = opened_by(self.module, node)
        if opened is None and not isinstance(parent, (ast.withitem, ast.Return)):
            opened = self._opened_by_project(node)
        if opened is None:
            return
        cure = self._cure(node, opened)
        if isinstance(parent, ast.withitem):
            self._look_at_block(function, node, parent, opened)
            return
        owned = owned_by(self.module, node, _CLOSERS)
        if owned.outcome is Outcome.INLINE:
            if self._is_put_to_work(node):
                self._report(node, "and nothing holds it", cure)
            return
        if owned.outcome is not Outcome.LOCAL:
            return
        left = self._left_open(owned, is_closed_by_block(opened), is_session(opened))
        if left is None:
            self.passed(node)
        else:
            self._report(node, _way(left), cure)

    def _look_at_first(self, call: ast.Call, taking: ast.AST | None) -> None:
        """
        Report `next(get_session())`: the generator is dropped, and the session that it closes is used again.

        What the function holds is the value of `next`; a generator that a name keeps is another matter.
        """
        if isinstance(taking, ast.Attribute):
            taking = self.module.parent(taking)
        if not isinstance(taking, ast.Call) or not self._may_stay_open(taking):
            return
        opened = yielded_behind(self.project, self.module, call)
        if opened is None or is_asynchronous(opened) is not last_name(taking).strip("_").startswith("a"):
            return
        owned = owned_by(self.module, taking, _CLOSERS)
        left = None
        if owned.outcome is Outcome.LOCAL:
            left = self._left_open(owned, is_closed_by_block(opened), is_session(opened))
            if left is None:
                return
        manager = "asynccontextmanager" if is_asynchronous(opened) else "contextmanager"
        cure = f"{'async with' if is_asynchronous(opened) else 'with'} {manager}({self.module.text(call.func)})()"
        when = "and nothing holds it"
        if left is not None:
            is_ever_closed = any(
                outcome_of(self.module, use, _CLOSERS) is Outcome.CLOSED for use in uses_of(self.module, owned)
            )
            when = _way(left) if is_ever_closed else "by anything: the generator that would is dropped at once"
        self.report(taking, call=self.module.text(taking), when=when, cure=cure)

    def _opened_by_project(self, call: ast.Call) -> str | None:
        """What a function of the project, named for it, opens for the function that calls it."""
        if not _GIVING_NAME.search(last_name(call).lower()) or not is_of_project(self.project, self.module, call):
            return None
        if not self._may_stay_open(call):
            return None
        return opened_behind(self.project, self.module, call)

    def _may_stay_open(self, call: ast.Call) -> bool:
        """Whether what a call gives may stay open, whatever it is: other files are read only then."""
        owned = owned_by(self.module, call, _CLOSERS)
        if owned.outcome is Outcome.INLINE:
            return self._is_put_to_work(call)
        return owned.outcome is Outcome.LOCAL and self._left_open(owned, False, False) is not None

    def _is_put_to_work(self, call: ast.Call) -> bool:
        """Whether a method is called at once on what a call gives."""
        held = self.module.taken_by(call)
        return isinstance(held, ast.Attribute) and held.attr in _WORKING

    def _look_at_block(self, function: ast.AST, node: ast.Call, item: ast.withitem, opened: str) -> None:
        """Report a `with` block that only commits, where the function does not close what the block binds."""
        if database.CONNECTING.get(opened, is_closed_by_block(opened)):
            self.passed(node)
        elif not has_own_class(self.module, node) and isinstance(item.optional_vars, (ast.Name, type(None))):
            if item.optional_vars is None or not self._is_closed_anywhere(function, item.optional_vars):
                self._report(
                    node, "by the `with` block, which only commits or rolls back", self._cure(node, opened)
                )

    def _cure(self, call: ast.Call, opened: str) -> str:
        text = self.module.call_text(call)
        asynchronous = self.module.awaited(call) or is_asynchronous(opened)
        if is_closed_by_block(opened):
            return f"{'async with' if asynchronous else 'with'} {text}"
        return "try ... finally" if asynchronous else f"with closing({text})"

    def _report(self, node: ast.Call, when: str, cure: str) -> None:
        self.report(node, call=self.module.call_text(node), when=when, cure=cure)

    def _is_closed_anywhere(self, function: ast.AST, name: ast.Name) -> bool:
        return any(
            (
                isinstance(node, ast.Attribute)
                and node.attr in _CLOSERS
                and isinstance(node.value, ast.Name)
                and node.value.id == name.id
            )
            or (
                isinstance(node, ast.Call)
                and last_name(node) in _CLOSING_CALLS
                and any(isinstance(given, ast.Name) and given.id == name.id for given in node.args)
            )
            for node in ast.walk(function)
        )

    def _left_open(self, owned: Owned, block_closes: bool, connects_late: bool) -> Exit | None:
        """A way out of the function on which nothing closes what the call made, or takes it over."""
        assert isinstance(owned.function, _FUNCTIONS)
        left = self._left_open_in(self.module.quiet_flow(owned.function), owned, block_closes, connects_late)
        if left is None or left.kind is not ExitKind.RAISE:
            return left
        holding = _names_bound(owned.statement)

        def is_safe(call: ast.Call) -> bool:
            return self._never_raises(call) or self._closes_on_its_error(call, holding)

        if not any(is_safe(call) for call in self._calls_at(owned.function, left.line)):
            return left
        # What other files say is asked only where a call seems to raise.
        flow = Flow(
            owned.function,
            self.module.qualname,
            lambda call: self.module.is_harmless(call) or is_safe(call),
            never_returns=self.module.never_returns,
        )
        return self._left_open_in(flow, owned, block_closes, connects_late)

    def _never_raises(self, call: ast.Call) -> bool:
        return takes_in_its_failures(self.project, self.module, call)

    def _closes_on_its_error(self, call: ast.Call, holding: frozenset[str]) -> bool:
        """
        Whether a call is one of the connection's methods, and the handler around it closes it after its errors.

        `except sqlite3.Error: connection.close()` takes all that `connection.execute(...)` is known to raise.
        """
        held = call.func
        while isinstance(held, (ast.Attribute, ast.Call)):
            held = held.value if isinstance(held, ast.Attribute) else held.func
        if not isinstance(held, ast.Name) or held.id not in holding or held is call.func:
            return False
        child: ast.AST = call
        for around in self.module.ancestors(call):
            if isinstance(around, _FUNCTIONS):
                return False
            if isinstance(around, ast.Try) and child in around.body:
                for handler in around.handlers:
                    names = {(name or "").rpartition(".")[2] for name in caught(self.module, handler)}
                    if not names.isdisjoint(_OWN_ERRORS) and self._is_closed_anywhere(handler, held):
                        return True
            child = around
        return False

    def _calls_at(self, function: FunctionNode, line: int) -> list[ast.Call]:
        return [one for one in self.module.own_nodes(function) if isinstance(one, ast.Call) and one.lineno == line]

    def _left_open_in(self, flow: Flow, owned: Owned, block_closes: bool, connects_late: bool) -> Exit | None:
        holding = _names_bound(owned.statement)
        ending: set[ast.Name] = set()
        closes = gives = False
        yields: list[ast.Name] = []
        cleaning: set[ast.AST] = set()
        for name in uses_of(self.module, owned):
            outcome = outcome_of(self.module, name, _CLOSERS)
            if outcome is Outcome.CLOSED:
                ending.add(name)
                cleaning.update(_clean_up_with(self.module, name))
                closes = True
            elif outcome is Outcome.ENTERED:
                if isinstance(self.module.parent(name), ast.withitem):
                    if block_closes:
                        ending.add(name)
                elif not isinstance(self.module.parent(name), ast.Attribute):
                    ending.add(name)
            elif outcome is Outcome.YIELDED:
                yields.append(name)
            elif outcome is Outcome.PASSED:
                if not self._is_lent(name):
                    ending.add(name)
            elif outcome not in _BORROWED:
                ending.add(name)
                gives = True
        if not closes or len(yields) != 1:
            # A generator that yields it once and closes it is a dependency or context manager: it is the owner.
            ending.update(yields)

        def ends(statement: Statement) -> bool:
            return statement in cleaning or any(
                isinstance(node, ast.Name) and node in ending for node in evaluated(statement)
            )

        ask = partial(
            flow.leaves_without,
            stop=ends,
            # A function that makes one for others has little to fail between.
            raising=Raising.EXPLICIT if gives else Raising.CALLS,
            assuming=dict.fromkeys(holding, True),
            stop_at_exit=lambda item: any(
                isinstance(node, ast.Name) and node in ending for node in ast.walk(item.context_expr)
            ),
        )
        left = ask(owned.statement)
        if left is None or not connects_late:
            return left
        first = self._first_use(owned)
        if first is None or left.line >= first.lineno:
            return left if first is not None else None
        left = ask(first) if not ends(first) else None
        # The next turn of a loop comes back to its first use, not to what opened it.
        return left if left is None or left.kind is not ExitKind.AGAIN else None

    def _first_use(self, owned: Owned) -> ast.stmt | None:
        """The first statement, in source order, at which a session takes a connection: before, it holds none."""
        found = [
            self.module.statement(name)
            for name in uses_of(self.module, owned)
            if name.lineno > owned.call.lineno
            and (
                not isinstance(parent := self.module.parent(name), ast.Attribute)
                or parent.attr not in (*_CLOSERS, *_WITHOUT_CONNECTION)
            )
        ]
        return min(found, key=lambda statement: statement.lineno, default=None)

    def _is_lent(self, name: ast.Name) -> bool:
        """Whether a call that is given the session is named for work that is over when it returns."""
        call = self.module.parent(name)
        if isinstance(call, ast.keyword):
            call = self.module.parent(call)
        if not isinstance(call, ast.Call):
            return False
        return _LENDING_NAME.fullmatch(last_name(call)) is not None or self._is_lent_to_object(call)

    def _is_lent_to_object(self, call: ast.Call) -> bool:
        """Whether a call makes an object of the project that closes nothing and does not leave the function."""
        if not reads_as_class(last_name(call)):
            return False
        owned = owned_by(self.module, call, _CLOSERS)
        if owned.outcome not in _BORROWED:
            return False
        if any(outcome_of(self.module, use, _CLOSERS) not in _BORROWED for use in uses_of(self.module, owned)):
            return False
        return never_closes(self.project, self.module, call, _CLOSERS)


def _clean_up_with(module: Module, closing: ast.Name) -> Iterator[ast.stmt]:
    """The statements of a `finally` block up to the one that closes: nobody guards clean-up."""
    child: ast.AST = closing
    for ancestor in module.ancestors(closing):
        if isinstance(ancestor, ast.Try) and child in ancestor.finalbody:
            yield from ancestor.finalbody[: ancestor.finalbody.index(child) + 1]
        child = ancestor


def _names_bound(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement binds."""
    return frozenset(
        node.id for node in evaluated(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


def _way(left: Exit) -> str:
    if left.kind is ExitKind.RAISE:
        return f"when line {left.line} raises"
    if left.kind is ExitKind.CANCEL:
        return f"when line {left.line} is cancelled"
    if left.kind is ExitKind.RETURN:
        return f"when line {left.line} returns"
    if left.kind is ExitKind.AGAIN:
        return "before the next one is opened"
    return "at the end of the function"
