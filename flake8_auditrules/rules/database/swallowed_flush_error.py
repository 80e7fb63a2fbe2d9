"""AUD402: a failing flush is caught in a loop, and the next turn goes on with the broken session."""

from __future__ import annotations

import ast

from flake8_auditrules.project.failed_calls import failed_call
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.broken_atomics import broken_atomics
from flake8_auditrules.semantics.failed_flushes import Next, broken_sessions, handlers_of_flushes, title


class SwallowedFlushError(Rule):
    """
    ## What it does
    Finds loops in which a handler takes the error of a `flush()` or `commit()` and lets the loop go on with
    the same SQLAlchemy session, without a rollback on the way to its next use, also where a function of the
    project that the loop calls adds a row and commits (`repo.create(item)`); and loops in an `atomic` block of
    Django that take the error of a write which has no `atomic` block of its own.

    ## Why it matters
    After a failed flush a session refuses all work with `PendingRollbackError` until `rollback()` is called.
    The handler was meant to skip one bad item; in fact every item after it fails as well, and the log shows
    the second error over and over, not the first.

    ## When to silence it
    When the object behind the name is no SQLAlchemy session.
    """

    code = "AUD402"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{handler}` leaves {session} unusable for all later items after a failed `{flush}`; {cure}"
    examined = "handlers around a flush leave the session usable for the rest of a loop"
    reach = Reach.CALLEES

    bad = (
        """
        import logging

        from sqlalchemy.orm import Session

        log = logging.getLogger(__name__)

        def save_all(session: Session, rows):
            for row in rows:
                try:
                    session.add(row)
                    session.flush()
                except Exception:  # AUD402
                    log.exception("row %s is not saved", row)
            session.commit()
        """,
    )
    good = (
        """
        import logging

        from sqlalchemy.orm import Session

        log = logging.getLogger(__name__)

        def save_all(session: Session, rows):
            for row in rows:
                try:
                    with session.begin_nested():
                        session.add(row)
                        session.flush()
                except Exception:
                    log.exception("row %s is not saved", row)
            session.commit()
        """,
        """
        import logging

        from sqlalchemy.orm import Session

        log = logging.getLogger(__name__)

        def save_all(session: Session, rows):
            for row in rows:
                try:
                    session.add(row)
                    session.commit()
                except Exception:
                    session.rollback()
                    log.exception("row %s is not saved", row)
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report a handler after which the loop uses the session that it did not roll back."""
        for broken in broken_sessions(self.module):
            if broken.handler is node and broken.where is Next.IN_LOOP:
                self.report(
                    node,
                    handler=title(self.module, node),
                    session=f"`{broken.session.text}`",
                    flush=self.module.call_text(broken.flush),
                    cure=f"use `with {broken.session.text}.begin_nested()` or roll back",
                )
                return
        for block in broken_atomics(self.module):
            if block.handler is node and block.where is Next.IN_LOOP:
                self.report(
                    node,
                    handler=title(self.module, node),
                    session="`atomic`",
                    flush=self.module.call_text(block.write),
                    cure="give each item an `atomic()` of its own",
                )
                return
        if node in handlers_of_flushes(self.module):
            self.passed(node)
            return
        call = failed_call(self.project, self.module, node) if not self.module.is_test else None
        if call is not None:
            self.report(
                node,
                handler=title(self.module, node),
                session="the session",
                flush=self.module.call_text(call),
                cure="roll back in the handler",
            )
