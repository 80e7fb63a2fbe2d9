"""AUD312: a task that failed and is recorded as a success."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Option, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.routes import is_task

_STATE_KEYS = frozenset({"status", "state", "result", "outcome"})
_SUCCESS_KEYS = frozenset({"success", "ok", "succeeded"})
_FAILED = frozenset({"failed", "failure", "error", "errored", "fail", "exception"})


class FailureReturnedAsSuccess(Rule):
    """
    ## What it does
    Finds handlers in Celery tasks that return a value that tells of the failure, such as
    `{"status": "failed"}` or `False`.

    ## Why it matters
    A task that returns has succeeded: its state is SUCCESS, retries, `link_error` and `on_failure` never run,
    chains go on with the value, and monitoring counts no failure.

    ## When to silence it
    When whoever reads the results knows the envelope; `envelope = true` says so for the whole project.
    """

    code = "AUD312"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{value}` makes Celery record the failed task `{task}` as a success; raise instead"
    examined = "returns from handlers in Celery tasks tell of no failure"
    options = (Option("envelope", False, "tasks return a documented envelope: the rule is silent"),)

    bad = (
        """
        from celery import shared_task

        @shared_task
        def import_orders(source):
            try:
                return {"status": "ok", "count": len(source)}
            except Exception as error:
                return {"status": "failed", "error": str(error)}  # AUD312
        """,
    )
    good = (
        """
        import logging

        from celery import shared_task

        logger = logging.getLogger(__name__)

        @shared_task
        def import_orders(source):
            try:
                return {"status": "ok", "count": len(source)}
            except Exception:
                logger.exception("import failed")
                raise
        """,
    )

    def visit_Return(self, node: ast.Return) -> None:
        """Report the return of a failure from a handler of a task."""
        module = self.module
        if node.value is None or (not module.imports("celery") and "celery" not in module.path):
            return
        handler = handlers.handler_of(module, node)
        if handler is None or module.is_test or self.option("envelope"):
            return
        function = module.function_of(node)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or not is_task(module, function):
            return
        broad = handlers.is_broad(module, handler)
        if _tells_failure(node.value) or (broad and _is_false(node.value) and not _keeps_state(handler)):
            self.report(node, value=f"return {module.text(node.value, 40)}", task=function.name)
        else:
            self.passed(node)


def _keeps_state(handler: ast.ExceptHandler) -> bool:
    """Whether a handler keeps the failure as the state of a row of the project's own: `mail.status = FAILED`."""
    return any(
        isinstance(target, ast.Attribute) and target.attr.endswith(("status", "state"))
        for statement in handlers.statements(handler.body)
        if isinstance(statement, ast.Assign)
        for target in statement.targets
    )


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _tells_failure(value: ast.expr) -> bool:
    """Whether a written-out dict says by a key that the work failed."""
    pairs: list[tuple[str, ast.expr]] = []
    if isinstance(value, ast.Dict):
        for key, held in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                pairs.append((key.value, held))
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "dict":
        pairs = [(keyword.arg, keyword.value) for keyword in value.keywords if keyword.arg is not None]
    for word, held in pairs:
        if word in _SUCCESS_KEYS and _is_false(held):
            return True
        if word in _STATE_KEYS and isinstance(held, ast.Constant) and str(held.value).lower() in _FAILED:
            return True
    return len(pairs) == 1 and pairs[0][0] == "error"
