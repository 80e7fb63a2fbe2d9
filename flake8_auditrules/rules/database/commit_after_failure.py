"""AUD403: a handler goes on with the session whose flush or commit has just failed."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.broken_atomics import broken_atomics
from flake8_auditrules.semantics.failed_flushes import Next, broken_sessions, handlers_of_flushes, title


class CommitAfterFailure(Rule):
    """
    ## What it does
    Finds handlers that commit, flush or query the SQLAlchemy session on which their own `try` flushed or
    committed, without a rollback before; and in an `atomic` block of Django, handlers that query after a write
    of their `try` that had no `atomic` block of its own.

    ## Why it matters
    When it was the flush or the commit that failed, the session refuses all work until `rollback()`. The
    handler then raises `PendingRollbackError` in place of doing its part: the status "failed" is never
    stored, and the job stays "running" for ever. Django raises `TransactionManagementError` for each query that
    comes after the failure, up to the end of the `atomic` block.

    ## When to silence it
    When only something else in the `try` can fail, never the flush.
    """

    code = "AUD403"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{call}` in `{handler}` uses the {what} that a failed `{flush}` left unusable; {cure}"
    examined = "handlers around a flush leave a failed session alone"
    reach = Reach.CALLEES

    bad = (
        """
        from sqlalchemy.orm import Session

        def run(session: Session, job, work):
            try:
                session.add(work(job))
                job.status = "done"
                session.commit()
            except Exception:
                job.status = "failed"
                session.commit()  # AUD403
                raise
        """,
    )
    good = (
        """
        from sqlalchemy.orm import Session

        def run(session: Session, job, work):
            try:
                session.add(work(job))
                job.status = "done"
                session.commit()
            except Exception:
                session.rollback()
                job.status = "failed"
                session.commit()
                raise
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report the first use of the session in a handler that did not roll it back."""
        reported = False
        for broken in broken_sessions(self.module):
            if (
                broken.handler is node
                and broken.where is Next.IN_HANDLER
                and not self._is_tried(broken.next_use, node)
            ):
                self.report(
                    broken.next_use,
                    call=self.module.call_text(broken.next_use),
                    handler=title(self.module, node),
                    flush=self.module.call_text(broken.flush),
                    what="session",
                    cure=f"call `{broken.session.text}.rollback()` first",
                    place=node,
                )
                reported = True
        for block in broken_atomics(self.module):
            if block.handler is node and block.where is Next.IN_HANDLER:
                self.report(
                    block.next_use,
                    call=self.module.call_text(block.next_use),
                    handler=title(self.module, node),
                    flush=self.module.call_text(block.write),
                    what="transaction",
                    cure="give that an `atomic()` of its own",
                    place=node,
                )
                reported = True
        if not reported and node in handlers_of_flushes(self.module):
            self.passed(node)

    def _is_tried(self, use: ast.AST, handler: ast.ExceptHandler) -> bool:
        """Whether a use stands in a `try` of its own inside the handler: that it may fail is known."""
        child = use
        for ancestor in self.module.ancestors(use):
            if ancestor is handler:
                return False
            if isinstance(ancestor, ast.Try) and child in ancestor.body and ancestor.handlers:
                return True
            child = ancestor
        return False
