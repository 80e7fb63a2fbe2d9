"""AUD304: the traceback goes to a lower level than the message it belongs to."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.loggers import LogCall, Traceback, log_calls, reports_traceback

_INFO = 20
_WARNING = 30


class TracebackAtDebug(Rule):
    """
    ## What it does
    Finds handlers that log the error at one level and its traceback at a lower one.

    ## Why it matters
    In production the level is INFO or WARNING: the message is there, and the traceback, the only part that
    says where it came from, is not. Nobody turns DEBUG on before the failure that has to be explained.

    ## When to silence it
    When the failure is an ordinary one and the traceback is kept for developers on purpose.
    """

    code = "AUD304"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{call}` puts the traceback below the level of its message on line {line}; log both in one call"

    bad = (
        """
        import logging
        import traceback

        logger = logging.getLogger(__name__)

        def refresh(load):
            try:
                load()
            except Exception as error:
                logger.error("refresh failed: %s", error)
                logger.debug(traceback.format_exc())  # AUD304
        """,
        """
        from app.log import logger

        def refresh(load):
            try:
                load()
            except ValueError as error:
                logger.warning("refresh failed: %s", error)
                logger.debug("details", exc_info=True)  # AUD304
        """,
    )
    good = (
        """
        import logging

        logger = logging.getLogger(__name__)

        def refresh(load):
            try:
                load()
            except Exception:
                logger.exception("refresh failed")
        """,
        """
        import logging

        logger = logging.getLogger(__name__)

        def refresh(load):
            try:
                load()
            except ValueError:
                logger.debug("refresh failed", exc_info=True)
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report a record with a traceback below the level of another record of the same handler."""
        module = self.module
        records = log_calls(module)
        written: list[LogCall] = []
        others = False
        for part in handlers.own_parts(node.body):
            if not isinstance(part, ast.Call) or handlers.handler_of(module, part) is not node:
                continue
            record = records.get(part)
            if record is not None:
                written.append(record)
            elif reports_traceback(module, part) and not self._inside_a_record(part):
                others = True
        messages = [record for record in written if record.traceback is Traceback.NO and record.level >= _WARNING]
        low = [record for record in written if record.traceback is Traceback.YES and 0 < record.level <= _INFO]
        if not messages or not low:
            return
        highest = max(record.level for record in messages)
        if (
            others
            or any(record.traceback is not Traceback.NO and record.level > _INFO for record in written)
            or handlers.always_raises(module, node)
        ):
            self.passed(node)
            return
        line = next(record.call.lineno for record in messages if record.level == highest)
        self.report(low[0].call, call=module.call_text(low[0].call), line=str(line))

    def _inside_a_record(self, part: ast.Call) -> bool:
        records = log_calls(self.module)
        return any(
            ancestor in records for ancestor in self.module.ancestors(part) if isinstance(ancestor, ast.Call)
        )
