"""AUD405: a session or database connection that some path leaves open."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import partial

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.connection_sources import gives_open_connection
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.connection_factories import has_own_class, is_in_memory
from flake8_auditrules.semantics.flow import Exit, ExitKind, Raising, Statement, evaluated
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.ownership import Outcome, Owned, outcome_of, owned_by, uses_of
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.sessions import is_migration

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_CLOSERS = database.CLOSING
# What opens something is named so; it saves the resolving of all other calls.
_OPENING_NAME = pattern(r"connect|session|db|maker|factory|local")
# A function that gives a new connection is named for it.
_GIVING_NAME = pattern(r"conn|db|database|sqlite")
_WORKING = frozenset({*database.WORKING, "executemany", "executescript", "fetch", "fetchrow", "fetchval"})
# What a session does without a connection to the database.
_WITHOUT_CONNECTION = frozenset({"add", "add_all", "bind", "expunge", "info"})
_CLOSING_CALLS = frozenset({"closing", "close_connection", "release", "putconn"})
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
    `with sqlite3.connect(...)` and its like, whose block commits and leaves the connection open. Where the
    project's function gives the connection, the first such block of a module is reported.

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
        for name, calls in self.module.calls_by_name().items():
            if _OPENING_NAME.search(name.lower()):
                for call in calls:
                    self._look_at(call)
            if _GIVING_NAME.search(name.lower()):
                self._look_at_entered(calls)

    def _look_at_entered(self, calls: Sequence[ast.Call]) -> None:
        """Report the first `with` block of each function that only opens a connection, where none closes it."""
        known: set[str] = set()
        for call in calls:
            item = self.module.parent(call)
            if not isinstance(item, ast.withitem) or not isinstance(self.module.parent(item), ast.With):
                continue
            function = self.module.function_of(call)
            callee = self.module.callee(call)
            if not isinstance(function, _FUNCTIONS) or callee is None or callee in known:
                continue
            if isinstance(item.optional_vars, ast.Name):
                if self._is_closed_anywhere(function, item.optional_vars):
                    continue
            elif item.optional_vars is not None:
                continue
            known.add(callee)
            if callee not in database.CONNECTING and gives_open_connection(self.project, self.module, call):
                cure = f"with closing({self.module.call_text(call)})"
                self._report(call, "by the `with` block, which only commits or rolls back", cure)

    def _look_at(self, node: ast.Call) -> None:
        function = self.module.function_of(node)
        if not isinstance(function, _FUNCTIONS):
            return
        opened = self._opened(node)
        if opened is None:
            return
        block_closes, cure = opened
        parent = self.module.parent(node)
        if isinstance(parent, ast.withitem):
            if block_closes:
                self.passed(node)
            elif parent.optional_vars is None or isinstance(parent.optional_vars, ast.Name):
                if has_own_class(self.module, node):
                    return
                if parent.optional_vars is None or not self._is_closed_anywhere(function, parent.optional_vars):
                    self._report(node, "by the `with` block, which only commits or rolls back", cure)
            return
        owned = owned_by(self.module, node, _CLOSERS)
        if owned.outcome is Outcome.INLINE:
            held = self.module.parent(parent) if isinstance(parent, ast.Await) else parent
            if isinstance(held, ast.Attribute) and held.attr in _WORKING:
                self._report(node, "and nothing holds it", cure)
            return
        if owned.outcome is not Outcome.LOCAL:
            return
        left = self._left_open(
            owned, block_closes, self._opened_session(node, self.module.callee(node)) is not None
        )
        if left is None:
            self.passed(node)
        else:
            self._report(node, _way(left), cure)

    def _report(self, node: ast.Call, when: str, cure: str) -> None:
        self.report(node, call=self.module.call_text(node), when=when, cure=cure)

    def _opened(self, call: ast.Call) -> tuple[bool, str] | None:
        """Whether the call opens something: whether its `with` block closes it, and the cure; None if not."""
        callee = self.module.callee(call)
        if callee in database.CONNECTING and not is_in_memory(call):
            text = self.module.call_text(call)
            asynchronous = self.module.awaited(call) or callee.startswith(("aiosqlite.", "asyncpg."))
            if database.CONNECTING[callee] and callee != "asyncpg.connect":
                return True, f"{'async with' if asynchronous else 'with'} {text}"
            return False, "try ... finally" if asynchronous else f"with closing({text})"
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("connect", "raw_connection"):
            engine = self.module.instance_of(call.func.value)
            if engine in database.ENGINES:
                text = self.module.call_text(call)
                if call.func.attr == "raw_connection":
                    return False, f"with closing({text})"
                return True, f"{'async with' if 'asyncio' in engine else 'with'} {text}"
        return self._opened_session(call, callee)

    def _opened_session(self, call: ast.Call, callee: str | None) -> tuple[bool, str] | None:
        made = self.module.instance_of(call)
        if made is None:
            return None
        ancestry = self.module.instances.ancestry(made)
        if database.SYNC_SESSION not in ancestry and database.ASYNC_SESSION not in ancestry:
            return None
        if made != callee and self.module.instance_of(call.func) not in database.SESSION_FACTORIES:
            return None
        if not database.SCOPED_SESSIONS.isdisjoint(ancestry):
            return None
        if made == callee and not self._is_bound_to_engine(call):
            return None
        opening = "async with" if database.ASYNC_SESSION in ancestry else "with"
        return True, f"{opening} {self.module.call_text(call)}"

    def _is_bound_to_engine(self, call: ast.Call) -> bool:
        """Whether a new session takes its connections from a pool; on a given connection it holds none itself."""
        bind = self.module.argument(call, "bind", 0)
        if bind is None:
            return not self.module.has_unpacking(call)
        made = self.module.instance_of(bind)
        if made is not None:
            return made in database.ENGINES
        return "engine" in self.module.text(bind).lower()

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

    def _left_open(self, owned: Owned, block_closes: bool, is_session: bool) -> Exit | None:
        """A way out of the function on which nothing closes what the call made, or takes it over."""
        assert isinstance(owned.function, _FUNCTIONS)
        holding = _names_bound(owned.statement)
        ending: set[ast.Name] = set()
        closes = gives = False
        yields: list[ast.Name] = []
        for name in uses_of(self.module, owned):
            outcome = outcome_of(self.module, name, _CLOSERS)
            if outcome is Outcome.CLOSED:
                if name.id in holding:
                    ending.add(name)
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
            return any(isinstance(node, ast.Name) and node in ending for node in evaluated(statement))

        assert isinstance(owned.function, _FUNCTIONS)
        flow = self.module.quiet_flow(owned.function)
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
        if left is None or not is_session:
            return left
        first = self._first_use(owned)
        if first is None or left.line >= first.lineno:
            return left if first is not None else None
        return ask(first) if not ends(first) else None

    def _first_use(self, owned: Owned) -> ast.stmt | None:
        """The first statement, in source order, at which a session takes a connection: before, it holds none."""
        found = [
            self.module.statement(name)
            for name in uses_of(self.module, owned)
            if not isinstance(parent := self.module.parent(name), ast.Attribute)
            or parent.attr not in (*_CLOSERS, *_WITHOUT_CONNECTION)
        ]
        return min(found, key=lambda statement: statement.lineno, default=None)

    def _is_lent(self, name: ast.Name) -> bool:
        """Whether a call that is given the session is named for work that is over when it returns."""
        call = self.module.parent(name)
        if isinstance(call, ast.keyword):
            call = self.module.parent(call)
        if not isinstance(call, ast.Call):
            return False
        last = last_name(call)
        return _LENDING_NAME.fullmatch(last) is not None


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
