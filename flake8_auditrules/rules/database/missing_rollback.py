"""AUD420: a failed write is not rolled back, and the session or connection is used again."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.broken_atomics import broken_atomics
from flake8_auditrules.semantics.failed_flushes import Broken, Next, broken_sessions, handlers_of_flushes, title
from flake8_auditrules.semantics.half_written import half_written
from flake8_auditrules.semantics.module import Module


class MissingRollback(Rule):
    """
    ## What it does
    Finds handlers around `flush()` or `commit()` that neither roll back nor re-raise although the same
    SQLAlchemy session is used afterwards: later in the function, or by the next call where the module or
    the object keeps one session for all calls and nothing in the module ever rolls it back. In an `atomic` block
    of Django so does a handler around a write that has no `atomic` block of its own.

    Also finds the later of several writes on a connection of sqlite3 or aiosqlite that an object keeps for all its
    calls and shares among threads or coroutines, where nothing in the module rolls back.

    ## Why it matters
    After a failed flush a session refuses all work with `PendingRollbackError` until `rollback()` is called.
    One bad row is enough: a session that is kept then fails for every later caller until the process is
    started anew.

    A connection of SQLite takes further work, and that is worse: the transaction is still open, and the next
    commit, of whatever call, makes the half that was written before the error last.

    ## When to silence it
    When another module rolls the session back before anyone uses it again.
    """

    code = "AUD420"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{cause}` {fact}; {cure}"
    examined = "handlers around a flush leave the session usable afterwards"
    reach = Reach.CALLEES

    bad = (
        """
        import logging

        from sqlalchemy import create_engine
        from sqlalchemy.orm import Session

        log = logging.getLogger(__name__)

        class Store:
            def __init__(self, url):
                self.session = Session(create_engine(url))

            def save(self, row):
                try:
                    self.session.add(row)
                    self.session.commit()
                except Exception:  # AUD420
                    log.exception("row %s is not saved", row)
        """,
        """
        import logging

        from sqlalchemy.exc import IntegrityError
        from sqlalchemy.orm import Session

        log = logging.getLogger(__name__)

        def save(session: Session, row, receipt):
            try:
                session.add(row)
                session.flush()
            except IntegrityError:  # AUD420
                log.warning("row %s is there already", row)
            session.add(receipt)
            session.commit()
        """,
        """
        import sqlite3

        class Carts:
            def __init__(self, path):
                self._rows = sqlite3.connect(path, check_same_thread=False)

            def replace(self, cart, items):
                self._rows.execute("DELETE FROM items WHERE cart = ?", (cart,))
                for item in items:
                    self._rows.execute("INSERT INTO items VALUES (?, ?)", (cart, item))  # AUD420
                self._rows.commit()
        """,
    )
    good = (
        """
        import logging

        from sqlalchemy import create_engine
        from sqlalchemy.orm import Session

        log = logging.getLogger(__name__)

        class Store:
            def __init__(self, url):
                self.session = Session(create_engine(url))

            def save(self, row):
                try:
                    self.session.add(row)
                    self.session.commit()
                except Exception:
                    self.session.rollback()
                    log.exception("row %s is not saved", row)
        """,
        """
        import logging

        from sqlalchemy.exc import IntegrityError
        from sqlalchemy.orm import Session

        log = logging.getLogger(__name__)

        def save(session: Session, row, receipt):
            try:
                with session.begin_nested():
                    session.add(row)
                    session.flush()
            except IntegrityError:
                log.warning("row %s is there already", row)
            session.add(receipt)
            session.commit()
        """,
        """
        import sqlite3

        class Carts:
            def __init__(self, path):
                self._rows = sqlite3.connect(path, check_same_thread=False)

            def replace(self, cart, items):
                with self._rows:
                    self._rows.execute("DELETE FROM items WHERE cart = ?", (cart,))
                    for item in items:
                        self._rows.execute("INSERT INTO items VALUES (?, ?)", (cart, item))
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report a handler after which the session that it did not roll back is used again."""
        for broken in broken_sessions(self.module):
            if broken.handler is node and broken.where in (Next.AFTERWARDS, Next.BY_NEXT_CALL):
                session = broken.session.text
                fact = _unusable(self.module, session, broken.flush, _next_use(broken))
                cure = f"call `{session}.rollback()`"
                self.report(node, cause=title(self.module, node), fact=fact, cure=cure)
                return
        for block in broken_atomics(self.module):
            if block.handler is node and block.where is Next.AFTERWARDS:
                next_use = f"and line {block.next_use.lineno} queries in it"
                fact = _unusable(self.module, "atomic", block.write, next_use)
                cure = "give that an `atomic()` of its own"
                self.report(node, cause=title(self.module, node), fact=fact, cure=cure)
                return
        if node in handlers_of_flushes(self.module):
            self.passed(node)

    def visit_Module(self, node: ast.Module) -> None:
        """Report the writes after which a kept connection holds half of what belongs together."""
        for half in half_written(self.module):
            connection = half.connection
            again = "the turns before" if half.first is half.second else f"line {half.first.lineno}"
            self.report(
                half.second,
                cause=self.module.call_text(half.second),
                fact=f"can fail, and nothing rolls back: the next commit keeps what {again} wrote",
                cure=f"call `{connection}.rollback()` in a handler that raises again",
            )


def _unusable(module: Module, session: str, flush: ast.Call, next_use: str) -> str:
    return f"leaves `{session}` unusable after a failed `{module.call_text(flush)}`, {next_use}"


def _next_use(broken: Broken) -> str:
    if broken.where is Next.AFTERWARDS:
        return f"and line {broken.next_use.lineno} uses it"
    return "and the next call uses it"
