"""AUD307: a 500 that leaves nothing in the log."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import loggers, web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.safe_calls import lets_nothing_unforeseen_out
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.flow import Raising, Statement
from flake8_auditrules.semantics.loggers import reports_traceback
from flake8_auditrules.semantics.names import last_name, reads_as_class
from flake8_auditrules.semantics.route_answers import is_health_route, status_of_way
from flake8_auditrules.semantics.routes import answer_of, status_of
from flake8_auditrules.semantics.work import does_work

# Frameworks whose answer to an HTTP exception takes no notice of its cause.
_DEAF = ("fastapi.", "starlette.")
_SERVER_ERROR = 500
_CLIENT_ERRORS = range(400, _SERVER_ERROR)
_DROPPED = "drops the exception that was caught, whatever it was"
_ANSWERED = f"answers {_SERVER_ERROR} and logs nothing of what was caught"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WORDS_OF_A_REASON = 3
_LONG = 2000
# What an exception says that refuses a value.
_REFUSING = pattern(
    r"invalid|malformed|not (?:a )?valid|must (?:be|have)|unknown|unsupported|template"
    r"|cannot (?:be )?(?:convert|decode|evaluate|parse)",
    re.IGNORECASE,
)
# Names of functions that make an answer which blames the client.
_BLAMES_CLIENT = pattern(
    r"^_*(?:bad_request|conflict|forbidden|invalid|not_found|unauthori[sz]ed|unprocessable|unsupported)(?:_|$)"
)
_CONFIDENTIAL = pattern(
    r"secret|credential|password|passphrase|api_?key|private_?key|redact|leak|sensitive|plaintext"
    r"|[\"'](?:access|auth|id|refresh)_token[\"']",
    re.IGNORECASE,
)
_REFUSALS = frozenset({"builtins.TypeError", "builtins.ValueError"})
# What gives the exception that is being handled, or its text.
_GIVING = frozenset({"sys.exc_info", "sys.exception", *loggers.TRACEBACK_TEXTS})


class LostCause(Rule):
    """
    ## What it does
    Finds broad handlers that answer with a 5xx exception of the web framework, that return an answer with status
    500, or that `raise ... from None`, and neither log nor keep the exception they caught. FastAPI answers
    `HTTPException(500) from error` without a look at the cause, so that nothing is kept there either.

    ## Why it matters
    The framework turns an `HTTPException` into a response without logging it. The client sees "internal
    error", and nobody can ever find out which.

    ## When to silence it
    When everything that the `try` calls has logged its failure already. An exception that may hold a secret is
    left alone where a comment says so, or where the `try` itself handles a password or key; so are refusals with a
    4xx status, and private classes that a handler of the module takes.
    """

    code = "AUD307"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    reach = Reach.CALLEES
    since = "0.1.0"
    message = "`{raised}` {fact}; log the exception first"
    examined = "exceptions raised in broad handlers keep their cause or follow a record of it"

    bad = (
        """
        from fastapi import APIRouter, HTTPException

        router = APIRouter()

        @router.get("/report")
        def report():
            try:
                return {"total": 1 / 0}
            except Exception:
                raise HTTPException(status_code=500, detail="no report")  # AUD307
        """,
        """
        def load(read):
            try:
                return read()
            except Exception:
                raise RuntimeError("no data") from None  # AUD307
        """,
    )
    good = (
        """
        import logging

        from fastapi import APIRouter, HTTPException

        logger = logging.getLogger(__name__)
        router = APIRouter()

        @router.get("/report")
        def report():
            try:
                return {"total": 1 / 0}
            except Exception:
                logger.exception("no report")
                raise HTTPException(status_code=500, detail="no report")
        """,
        """
        def load(read):
            try:
                return read()
            except Exception:
                raise RuntimeError("no data")
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report each `raise` (or `abort`) of a broad handler that loses what was caught."""
        module = self.module
        if module.is_test or not handlers.is_broad(module, node):
            return
        for statement in handlers.statements(node.body):
            if handlers.handler_of(module, statement) is not node:
                continue
            if isinstance(statement, ast.Return):
                self._visit_return(node, statement)
                continue
            fact = self._loss(statement)
            if fact is None:
                continue
            if (
                self._is_kept(node, statement, fact)
                or self._is_confidential(node, fact)
                or self._is_logged_by_its_maker(statement)
                or lets_nothing_unforeseen_out(
                    self.project, module, handlers.try_of(module, node).body, recorded=True
                )
                or (
                    fact == _DROPPED
                    and (
                        self._is_explained(node, statement)
                        or self._is_one_of_two(node, statement)
                        or self._is_signal(statement)
                    )
                )
            ):
                self.passed(statement)
            else:
                raised = statement.exc if isinstance(statement, ast.Raise) else statement
                self.report(statement, raised=self._shown(raised), fact=fact)

    def _visit_return(self, handler: ast.ExceptHandler, statement: ast.Return) -> None:
        """Report an answer with status 500 that is returned and tells nobody of the exception."""
        module = self.module
        value = statement.value
        if not isinstance(value, (ast.Call, ast.Tuple)) or not module.imports(*web.FRAMEWORKS):
            return
        if status_of_way(module, statement) != _SERVER_ERROR:
            return
        function = module.function_of(handler)
        block = handlers.try_of(module, handler).body
        if (
            handlers.only_converts(block)
            or _REFUSING.search(module.text(value, _LONG)) is not None
            or (isinstance(function, _FUNCTIONS) and is_health_route(module, function))
            or self._is_kept(handler, statement, _DROPPED)
            or self._is_confidential(handler, _DROPPED)
            or lets_nothing_unforeseen_out(self.project, module, block, recorded=True)
        ):
            self.passed(statement)
            return
        shown = module.call_text(value) if isinstance(value, ast.Call) else module.text(value, 40)
        self.report(statement, raised=f"return {shown}", fact=_ANSWERED)

    def _shown(self, raised: ast.AST | None) -> str:
        if isinstance(raised, ast.Expr):
            raised = raised.value
        if isinstance(raised, ast.Call):
            return self.module.call_text(raised)
        return self.module.text(raised) if raised is not None else "raise"

    def _loss(self, statement: ast.stmt) -> str | None:
        """In which way a statement loses the exception that is handled."""
        if isinstance(statement, ast.Raise):
            call = statement.exc
            cut = isinstance(statement.cause, ast.Constant) and statement.cause.value is None
            kept = statement.cause is not None and not cut
        elif isinstance(statement, ast.Expr):
            call, cut, kept = statement.value, False, False
        else:
            return None
        if isinstance(call, ast.Call):
            answer = answer_of(self.module, call, web.HTTP_EXCEPTIONS)
            if answer is not None:
                given = self.module.argument(call, answer.status_name, answer.status_position)
                status = answer.status if given is None else status_of(self.module, given)
                if status is None or status < _SERVER_ERROR:
                    return None
                if kept and not (status == _SERVER_ERROR and self._looks_at_no_cause(call)):
                    # A status of its own for a failure that was to be expected.
                    return None
                return f"answers {status} and the framework logs nothing of what was caught"
            if kept or _BLAMES_CLIENT.search(last_name(call)) is not None:
                return None
            for keyword in call.keywords:
                # An exception of the project's own that tells the client of its mistake.
                if keyword.arg == "status_code":
                    status = status_of(self.module, keyword.value)
                    if status is not None and status < _SERVER_ERROR:
                        return None
            if any(isinstance(given, ast.Constant) and given.value in _CLIENT_ERRORS for given in call.args):
                # The same, with the status at its place: `Refused("version_conflict", 409)`.
                return None
        # An exception that has been kept, `raise first_error from None`, goes before the one that came later.
        return _DROPPED if cut and not isinstance(call, (ast.Name, ast.Attribute)) else None

    def _looks_at_no_cause(self, call: ast.Call) -> bool:
        """Whether what answers an exception is known to look at nothing but its status and its text."""
        return (self.module.callee(call) or "").startswith(_DEAF)

    def _is_confidential(self, handler: ast.ExceptHandler, fact: str) -> bool:
        """
        Whether the exception may hold a secret: a comment on the handler says so, or the block that is cut off
        handles one.
        """
        module = self.module
        statement = handlers.try_of(module, handler)
        comment = handlers.comment_on(module, handler.lineno, handler.body[-1].end_lineno or handler.lineno)
        above = handlers.comment_above(module, statement.lineno)
        return _CONFIDENTIAL.search(f"{above} {comment}") is not None or (
            fact == _DROPPED
            and any(_CONFIDENTIAL.search(module.text(part, _LONG)) is not None for part in statement.body)
        )

    def _is_logged_by_its_maker(self, statement: ast.stmt) -> bool:
        """Whether a function of this module that makes what is raised logs the exception: `raise _failed()`."""
        call = statement.exc if isinstance(statement, ast.Raise) else None
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            return False
        return any(
            isinstance(part, ast.Call) and reports_traceback(self.module, part)
            for site in self.module.sites_of(call.func)
            if isinstance(site, (ast.FunctionDef, ast.AsyncFunctionDef))
            for part in self.module.own_nodes(site)
        )

    def _is_explained(self, handler: ast.ExceptHandler, statement: ast.stmt) -> bool:
        """
        Whether a comment says why the exception is cut off, or nothing is lost by that.

        It is the refusal of a value that was given, the text that every denial has, or only something is closed.
        """
        block = handlers.try_of(self.module, handler).body
        raised = statement.exc if isinstance(statement, ast.Raise) else None
        refuses = isinstance(raised, ast.Call) and (
            self.module.qualname(raised.func) in _REFUSALS
            or _REFUSING.search(self.module.text(raised, _LONG)) is not None
        )
        if refuses and not (
            (does_work(self.module, block) and not _only_makes_values(block))
            or any(isinstance(part, ast.Await) for part in handlers.own_parts(block))
        ):
            return True
        called = self._called(block)
        if called and (handlers.only_converts(block) or all(name in handlers.TIDYING for name in called)):
            return True
        if isinstance(raised, ast.Call) and any(
            isinstance(given, ast.Name) and given.id.lstrip("_").isupper() for given in raised.args
        ):
            # One text for every denial, which is not to tell them apart.
            return True
        comment = handlers.comment_on(self.module, handler.lineno, handler.body[-1].end_lineno or handler.lineno)
        return len(comment.split()) >= _WORDS_OF_A_REASON

    def _is_signal(self, statement: ast.stmt) -> bool:
        """Whether what is raised is a private class of this module, which a handler of this module takes."""
        raised = statement.exc if isinstance(statement, ast.Raise) else None
        named = raised.func if isinstance(raised, ast.Call) else None
        return (
            isinstance(named, ast.Name)
            and named.id.startswith("_")
            and any(
                isinstance(part, ast.Name) and part.id == named.id
                for other in self.module.nodes(ast.ExceptHandler)
                if other.type is not None
                for part in ast.walk(other.type)
            )
        )

    def _is_one_of_two(self, handler: ast.ExceptHandler, statement: ast.stmt) -> bool:
        """Whether the handler cuts the exception off in one case, and lets it go on in the others."""
        return any(isinstance(ancestor, ast.If) for ancestor in self._up_to(statement, handler)) and any(
            isinstance(part, ast.Raise) and part.exc is None for part in handler.body
        )

    def _up_to(self, statement: ast.stmt, handler: ast.ExceptHandler) -> list[ast.AST]:
        """What stands around a statement within its handler."""
        found: list[ast.AST] = []
        for ancestor in self.module.ancestors(statement):
            if ancestor is handler:
                break
            found.append(ancestor)
        return found

    def _called(self, block: list[ast.stmt]) -> list[str]:
        return [last_name(part) for part in handlers.own_parts(block) if isinstance(part, ast.Call)]

    def _is_kept(self, handler: ast.ExceptHandler, statement: ast.stmt, fact: str) -> bool:
        """Whether every way to the statement logs or hands on the exception, or the statement itself does."""
        made = statement.exc if isinstance(statement, ast.Raise) and fact != _DROPPED else None

        def tells(reached: Statement) -> bool:
            return not handlers.says_nothing(reached, handler.name)

        if any(
            (isinstance(part, ast.Name) and part.id == handler.name)
            or (isinstance(part, ast.Call) and self.module.qualname(part.func) in _GIVING)
            for part in ast.walk(made or statement)
        ):
            return True
        return not self.module.flow_of(handler).reachable(
            handler,
            lambda reached: reached is statement,
            lambda reached: reached is not statement and tells(reached),
            raising=Raising.EXPLICIT,
        )


def _only_makes_values(block: list[ast.stmt]) -> bool:
    """Whether all that a block calls makes instances of classes, by methods of theirs: `IP.create(text)`."""
    return all(_is_of_class(part) for part in handlers.own_parts(block) if isinstance(part, ast.Call))


def _is_of_class(call: ast.Call) -> bool:
    """Whether a call is one of a class, or of what such a call makes."""
    named: ast.expr = call
    while True:
        if isinstance(named, ast.Call):
            named = named.func
        elif isinstance(named, ast.Attribute) and not reads_as_class(named.attr):
            named = named.value
        else:
            return reads_as_class(last_name(named))
