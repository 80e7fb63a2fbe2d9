"""AUD312: a task that failed and is recorded as a success."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Option, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.flow import ExitKind, Raising, Statement, evaluated
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import is_task
from flake8_auditrules.semantics.scopes import FunctionNode

# What is raised where a task may not be tried again.
_USED_UP = "MaxRetriesExceededError"
# Calls that only tell, or work out what is told.
_REPORTING = frozenset({"capture_exception", "captureException", "print", "print_exc", "rollback", "close"})
_PLAIN = frozenset(
    {"abs", "float", "format", "getattr", "int", "len", "max", "min", "repr", "round", "str", "type"}
)
_STATE_KEYS = frozenset({"status", "state", "result", "outcome"})
_SUCCESS_KEYS = frozenset({"success", "ok", "succeeded"})
_FAILED = frozenset({"failed", "failure", "error", "errored", "fail", "exception"})


class FailureReturnedAsSuccess(Rule):
    """
    ## What it does
    Finds handlers in Celery tasks that return a value that tells of the failure, such as
    `{"status": "failed"}` or `False`, and those that only log when the attempts of a task are used up.

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

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report a handler that only logs, and lets the task end, when its attempts are used up."""
        module = self.module
        if not module.imports("celery") or module.is_test or self.option("envelope"):
            return
        function = module.function_of(node)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or not is_task(module, function):
            return
        retries = [call for call in handlers.calls_of(module, node) if _is_retry(call, function)]
        if any(name is not None and name.endswith(_USED_UP) for name in handlers.caught(module, node)):
            if retries:
                return
        elif not retries or not handlers.is_broad(module, node):
            return
        if self._only_logs(node, retries) and self._may_end(node, retries):
            self.report(node, value=module.text(node).partition(":")[0], task=function.name)
        else:
            self.passed(node)

    def _only_logs(self, handler: ast.ExceptHandler, retries: list[ast.Call]) -> bool:
        """Whether a handler does nothing but try again and write records: it keeps the failure nowhere."""
        module = self.module
        records = log_calls(module)
        known = {*retries, *(call for call in handlers.calls_of(module, handler) if call in records)}
        return all(
            call in known
            or any(isinstance(ancestor, ast.Call) and ancestor in known for ancestor in module.ancestors(call))
            or last_name(call) in _REPORTING
            or (isinstance(call.func, ast.Name) and call.func.id in _PLAIN)
            for call in handlers.calls_of(module, handler)
        ) and not any(
            (isinstance(part, ast.Return) and not handlers.is_empty_value(part.value))
            or (isinstance(part, (ast.Assign, ast.AugAssign)) and not _names_alone(part))
            for part in handlers.statements(handler.body)
        )

    def _may_end(self, handler: ast.ExceptHandler, retries: list[ast.Call]) -> bool:
        """Whether a way through a handler neither raises nor tries again, and then the task ends."""
        module = self.module

        def goes_on(statement: Statement) -> bool:
            return isinstance(statement, ast.Raise) or any(part in retries for part in evaluated(statement))

        statement = handlers.try_of(module, handler)
        if module.loop_of(statement) is not None:
            return False
        found = module.flow_of(handler).leaves_without(handler, goes_on, within=handler, raising=Raising.EXPLICIT)
        if found is None or found.kind is ExitKind.RAISE:
            return False
        last: ast.AST = statement
        for ancestor in module.ancestors(statement):
            if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return last is ancestor.body[-1] or isinstance(handler.body[-1], ast.Return)
            last = ancestor
        return False

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


def _is_retry(call: ast.Call, task: FunctionNode) -> bool:
    """Whether a call tries a task again by the task itself: `self.retry(exc=error)`."""
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "retry"
        and isinstance(function.value, ast.Name)
        and bool(task.args.args)
        and function.value.id in (task.args.args[0].arg, task.name)
    )


def _names_alone(statement: ast.Assign | ast.AugAssign) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return all(isinstance(target, ast.Name) for target in targets)


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
