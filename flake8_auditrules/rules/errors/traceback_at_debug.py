"""AUD304: the traceback goes to a lower level than the message it belongs to."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.exposure import texts_of
from flake8_auditrules.semantics.loggers import LogCall, Traceback, log_calls, reports_traceback
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import is_terminal_program

_INFO = 20
_WARNING = 30
_ERROR = 40
_TELLS_WHERE = pattern(r"debug|trace|stack|verbose|[\s\"'`(]-v\b", re.IGNORECASE)

# What a record says of a failure after which the same is done again, or which is passed over.
_GOES_ON = pattern(r"\bignor|retry|reconnect|try(?:ing)? again", re.IGNORECASE)


class TracebackAtDebug(Rule):
    """
    ## What it does
    Finds handlers that log the error at one level and its traceback at a lower one. A warning counts where it says
    nothing of the exception but its class, so that its text is in the lower record alone.

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
    examined = "handlers with a traceback at a low level do not hide it"

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
            except Exception as error:
                logger.error("refresh failed: %s", error)
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
        if not module.keep("low tracebacks", _low_tracebacks) or not handlers.is_broad(module, node):
            return
        if is_terminal_program(module):
            # Who calls a command asks for its tracebacks by a switch.
            return
        records = log_calls(module)
        written: list[LogCall] = []
        others = False
        for part in handlers.parts_of(module, node):
            if not isinstance(part, ast.Call) or handlers.handler_of(module, part) is not node:
                continue
            record = records.get(part)
            if record is not None:
                written.append(record)
            elif reports_traceback(module, part) and not self._inside_a_record(part):
                others = True
        plain = [record for record in written if record.traceback is Traceback.NO]
        messages = [
            record
            for record in plain
            if record.level >= _ERROR or (record.level == _WARNING and self._names_at_most_the_class(node, record))
        ]
        low = [record for record in written if _is_low(record)]
        if not messages or not low:
            return
        if (
            others
            or any(record.traceback is not Traceback.NO and record.level > _INFO for record in written)
            or handlers.always_raises(module, node)
            or self._tells_where(node, plain)
        ):
            self.passed(node)
            return
        for record in low:
            message = next((one for one in messages if self._on_one_way(node, one, record)), None)
            if message is not None:
                self.report(record.call, call=module.call_text(record.call), line=str(message.call.lineno))
                return

    def _names_at_most_the_class(self, handler: ast.ExceptHandler, record: LogCall) -> bool:
        """
        Whether a written-out record says nothing of the exception but its class: only the low record has its text.

        One that says that the same is tried again tells of an attempt.
        """
        module = self.module
        text = next((one for one in record.call.args if isinstance(one, (ast.Constant, ast.JoinedStr))), None)
        if text is None or text is not record.call.args[0] or _GOES_ON.search(module.text(text, 300)) is not None:
            return False
        given = frozenset() if handler.name is None else frozenset({handler.name})
        names = texts_of(module, handler.body, given)
        return all(
            part.id == handler.name and handlers.is_class_alone(module, part)
            for part in ast.walk(record.call)
            if isinstance(part, ast.Name) and part.id in names
        )

    def _tells_where(self, handler: ast.ExceptHandler, messages: list[LogCall]) -> bool:
        """Whether a message says where the traceback is, or a comment that it is kept low on purpose."""
        last = handler.body[-1].end_lineno or handler.lineno
        return _TELLS_WHERE.search(handlers.comment_on(self.module, handler.lineno, last)) is not None or any(
            isinstance(part, ast.Constant) and isinstance(part.value, str) and _TELLS_WHERE.search(part.value)
            for record in messages
            for part in ast.walk(record.call)
        )

    def _on_one_way(self, handler: ast.ExceptHandler, one: LogCall, other: LogCall) -> bool:
        """Whether a way through the handler writes both records."""
        first, second = self.module.statement(one.call), self.module.statement(other.call)
        flow = self.module.flow_of(handler)
        return (
            first is second
            or flow.reachable(first, lambda reached: reached is second, within=handler)
            or flow.reachable(second, lambda reached: reached is first, within=handler)
        )

    def _inside_a_record(self, part: ast.Call) -> bool:
        records = log_calls(self.module)
        return any(
            ancestor in records for ancestor in self.module.ancestors(part) if isinstance(ancestor, ast.Call)
        )


def _is_low(record: LogCall) -> bool:
    """Whether a record carries a traceback at a level that is often not written."""
    return record.traceback is Traceback.YES and 0 < record.level <= _INFO


def _low_tracebacks(module: Module) -> bool:
    """Whether the module writes any such record."""
    return any(_is_low(record) for record in log_calls(module).values())
