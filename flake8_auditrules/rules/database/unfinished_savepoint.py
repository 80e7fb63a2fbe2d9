"""AUD401: a savepoint or transaction that some path neither commits nor rolls back."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.flow import ExitKind, Raising, Statement, evaluated
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sessions import Session

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRY: tuple[type[ast.AST], ...] = tuple(
    kind for kind in (ast.Try, getattr(ast, "TryStar", None)) if kind is not None
)
_ASYNCHRONOUS = frozenset({database.ASYNC_SESSION, database.ASYNC_CONNECTION})
_ENDING_NAME = pattern(r"commit|rollback|roll_back|finish|end|close|release|finalize", re.IGNORECASE)
_KINDS = {"begin_nested": "savepoint", "begin": "transaction"}


class UnfinishedSavepoint(Rule):
    """
    ## What it does
    Finds `begin_nested()` and `begin()` of SQLAlchemy sessions and connections whose handle is dropped, or is
    neither committed, rolled back nor closed on some path, an exception's included.

    ## Why it matters
    A savepoint that is not ended stays open: in a loop the transactions nest one level deeper with each item.
    Where an exception passes it, what the savepoint was to undo is written by the next `commit()` all the
    same.

    ## When to silence it
    When the caller always ends the transaction, and nothing else happens in it.
    """

    code = "AUD401"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    call_names = _KINDS
    message = "`{call}` starts a {kind} that is neither committed nor rolled back {when}; use `{cure}`"
    examined = "`begin()` and `begin_nested()` handles are finished"
    reach = Reach.CALLEES

    bad = (
        """
        from sqlalchemy.orm import Session

        def import_rows(session: Session, rows):
            for row in rows:
                session.begin_nested()  # AUD401
                session.add(row)
                session.flush()
            session.commit()
        """,
        """
        from sqlalchemy.orm import Session

        def import_rows(session: Session, rows, read):
            for row in rows:
                savepoint = session.begin_nested()  # AUD401
                try:
                    session.add(read(row))
                    savepoint.commit()
                except ValueError:
                    continue
            session.commit()
        """,
    )
    good = (
        """
        from sqlalchemy.orm import Session

        def import_rows(session: Session, rows):
            for row in rows:
                with session.begin_nested():
                    session.add(row)
                    session.flush()
            session.commit()
        """,
        """
        from sqlalchemy.orm import Session

        def import_rows(session: Session, rows, read):
            for row in rows:
                savepoint = session.begin_nested()
                try:
                    session.add(read(row))
                    savepoint.commit()
                except ValueError:
                    savepoint.rollback()
            session.commit()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a savepoint or transaction that a path leaves open."""
        function = node.func
        if not isinstance(function, ast.Attribute) or function.attr not in _KINDS or self.module.is_test:
            return
        start = self.module.function_of(node)
        if not isinstance(start, _FUNCTIONS):
            return
        held = self.module.parent(node)
        awaited = isinstance(held, ast.Await)
        if awaited:
            assert held is not None
            held = self.module.parent(held)
        if isinstance(held, ast.withitem):
            self.passed(node)
            return
        if not isinstance(held, (ast.Expr, ast.Assign)):
            return
        session = sessions.transaction_maker_of(self.module, function.value)
        if session is None:
            return
        if isinstance(held, ast.Expr):
            when = self._drops(start, held, node, session, awaited)
        else:
            target = held.targets[0]
            if len(held.targets) != 1 or not isinstance(target, ast.Name):
                return
            when = self._leaves_open(start, held, session, target.id)
        if when is None:
            self.passed(node)
            return
        opening = "async with" if awaited or self._is_asynchronous(function.value) else "with"
        self.report(
            node,
            call=self.module.call_text(node),
            kind=_KINDS[function.attr],
            when=when,
            cure=f"{opening} {self.module.call_text(node)}:",
        )

    def _is_asynchronous(self, session: ast.expr) -> bool:
        found = self.module.instance_of(session)
        return found is not None and not _ASYNCHRONOUS.isdisjoint(self.module.instances.ancestry(found))

    def _drops(
        self, function: FunctionNode, start: ast.Expr, call: ast.Call, session: Session, awaited: bool
    ) -> str | None:
        """Where a transaction without a handle is left open; None where the session ends it, or somebody else."""
        assert isinstance(call.func, ast.Attribute)
        if call.func.attr != "begin_nested" or (self._is_asynchronous(call.func.value) and not awaited):
            return None
        if self._listens(function):
            return None
        flow = self.module.flow(function)
        found = flow.leaves_without(
            start,
            lambda statement: self._ends(statement, session, None),
            raising=Raising.EXPLICIT,
            stop_at_exit=lambda item: sessions.concerns(item, session),
        )
        if found is None or found.kind in (ExitKind.RAISE, ExitKind.CANCEL):
            return None
        if found.kind is ExitKind.AGAIN:
            return "before the next turn of the loop"
        # A method that does nothing but begin leaves the end to its caller.
        if not flow.reachable(start, lambda statement: self._works(statement, session), raising=Raising.NOTHING):
            return None
        return _way(found.kind, found.line)

    def _leaves_open(self, function: FunctionNode, start: ast.Assign, session: Session, handle: str) -> str | None:
        """On which way the transaction with this handle is left open; None where all ways end it."""
        flow = self.module.flow(function)

        def ends(statement: Statement) -> bool:
            if isinstance(statement, ast.If) and self.module.text(statement.test) == f"{handle}.is_active":
                # What is not active is not open any more.
                return any(self._ends(inner, session, handle) for inner in statement.body)
            return self._ends(statement, session, handle)

        def closes(item: ast.withitem) -> bool:
            return sessions.concerns(item, session)

        found = flow.leaves_without(start, ends, raising=Raising.EXPLICIT, stop_at_exit=closes)
        if found is not None and found.kind not in (ExitKind.RAISE, ExitKind.CANCEL):
            return _way(found.kind, found.line)
        if flow.reachable(
            start, lambda statement: statement is start, ends, raising=Raising.CALLS, stop_at_exit=closes
        ):
            return "before the next turn of the loop"
        returned = flow.path(
            start,
            lambda statement: isinstance(statement, ast.Return) and not ends(statement),
            ends,
            raising=Raising.CALLS,
            stop_at_exit=closes,
        )
        if returned:
            return _way(ExitKind.RETURN, returned[-1].lineno)
        return self._raises_past(function, start, session, handle)

    def _raises_past(self, function: FunctionNode, start: ast.Assign, session: Session, handle: str) -> str | None:
        """
        Which statement on the session lets its exception pass the open transaction.

        Silent where any handler or `finally` of the function ends it, the ways past a narrow handler are the
        caller's to roll back; and where the caller gives the session.
        """
        if isinstance(function, _FUNCTIONS) and session.root in _parameters(function):
            return None
        for part in self.module.own_nodes(function):
            if isinstance(part, _TRY):
                statement: ast.Try = part  # type: ignore[assignment]
                covering = [*statement.finalbody, *(one for handler in statement.handlers for one in handler.body)]
                for one in covering:
                    if any(
                        isinstance(inner, ast.stmt) and self._ends(inner, session, handle)
                        for inner in ast.walk(one)
                    ):
                        return None
        way = self.module.flow(function).path(
            start,
            lambda statement: self._works(statement, session),
            lambda statement: self._ends(statement, session, handle),
            raising=Raising.NOTHING,
            stop_at_exit=lambda item: sessions.concerns(item, session),
        )
        if not way or self._closes_around(start, session):
            return None
        return f"when line {way[-1].lineno} raises"

    def _closes_around(self, start: ast.stmt, session: Session) -> bool:
        """Whether a `with` block around the start closes the session or ends its transaction."""
        return any(
            isinstance(around, (ast.With, ast.AsyncWith))
            and any(sessions.concerns(item, session) for item in around.items)
            for around in self.module.ancestors(start)
        )

    def _works(self, statement: Statement, session: Session) -> bool:
        return sessions.calls_on(self.module, statement, session, database.WORKING - {"begin_nested"})

    def _ends(self, statement: Statement, session: Session, handle: str | None) -> bool:
        """Whether a statement ends the transaction, or gives its handle away."""
        if sessions.calls_on(self.module, statement, session, database.ENDING):
            return True
        if sessions.rebinds(statement, session) or _gives_to_be_ended(statement, session):
            return True
        if handle is None:
            return False
        for node in evaluated(statement):
            if isinstance(node, ast.Name) and node.id == handle and isinstance(node.ctx, ast.Load):
                parent = self.module.parent(node)
                if not isinstance(parent, ast.Attribute) or parent.attr in ("commit", "rollback", "close"):
                    return True
        return False

    def _listens(self, function: FunctionNode) -> bool:
        """Whether SQLAlchemy's events call the function: then they end what it begins."""
        return any(
            (self.module.qualname(uncalled(part)) or "").endswith("listens_for")
            for part in function.decorator_list
        )


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    arguments = function.args
    return {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)} - {"self", "cls"}


def _gives_to_be_ended(statement: Statement, session: Session) -> bool:
    """Whether a statement returns or yields the session, or calls something with it that is named for an end."""
    for node in evaluated(statement):
        if isinstance(node, (ast.Return, ast.Yield)):
            if node.value is not None and sessions.mentions(node.value, session):
                return True
        elif isinstance(node, ast.Call) and _ENDING_NAME.search(last_name(node)):
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            if any(sessions.mentions(argument, session) for argument in given):
                return True
    return False


def _way(kind: ExitKind, line: int) -> str:
    if kind is ExitKind.RETURN:
        return f"when line {line} returns"
    if kind is ExitKind.AGAIN:
        return "before the next turn of the loop"
    return "at the end of the function"
