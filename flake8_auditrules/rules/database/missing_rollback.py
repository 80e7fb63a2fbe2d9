"""AUD420: a handler takes the error of a flush, does not roll back, and the session is used again."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.broken_atomics import broken_atomics
from flake8_auditrules.semantics.failed_flushes import Broken, Next, broken_sessions, handlers_of_flushes, title


class MissingRollback(Rule):
    """
    ## What it does
    Finds handlers around `flush()` or `commit()` that neither roll back nor re-raise although the same
    SQLAlchemy session is used afterwards: later in the function, or by the next call where the module or
    the object keeps one session for all calls and nothing in the module ever rolls it back. In an `atomic` block
    of Django so does a handler around a write that has no `atomic` block of its own.

    ## Why it matters
    After a failed flush a session refuses all work with `PendingRollbackError` until `rollback()` is called.
    One bad row is enough: a session that is kept then fails for every later caller until the process is
    started anew.

    ## When to silence it
    When another module rolls the session back before anyone uses it again.
    """

    code = "AUD420"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{handler}` leaves `{session}` unusable after a failed `{flush}`, {next_use}; {cure}"
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
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report a handler after which the session that it did not roll back is used again."""
        for broken in broken_sessions(self.module):
            if broken.handler is node and broken.where in (Next.AFTERWARDS, Next.BY_NEXT_CALL):
                self.report(
                    node,
                    handler=title(self.module, node),
                    session=broken.session.text,
                    flush=self.module.call_text(broken.flush),
                    next_use=_next_use(broken),
                    cure=f"call `{broken.session.text}.rollback()`",
                )
                return
        for block in broken_atomics(self.module):
            if block.handler is node and block.where is Next.AFTERWARDS:
                self.report(
                    node,
                    handler=title(self.module, node),
                    session="atomic",
                    flush=self.module.call_text(block.write),
                    next_use=f"and line {block.next_use.lineno} queries in it",
                    cure="give that an `atomic()` of its own",
                )
                return
        if node in handlers_of_flushes(self.module):
            self.passed(node)


def _next_use(broken: Broken) -> str:
    if broken.where is Next.AFTERWARDS:
        return f"and line {broken.next_use.lineno} uses it"
    return "and the next call uses it"
