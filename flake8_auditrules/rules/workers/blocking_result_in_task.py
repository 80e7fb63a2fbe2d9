"""AUD515: waiting for another task's result inside a task, or without end in a route."""

from __future__ import annotations

import ast

from flake8_auditrules.project.celery_results import is_result
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import is_route, is_task

_ALLOWING = "allow_join_result"


class BlockingResultInTask(Rule):
    """
    ## What it does
    Finds `.get()` and `.join()` of the result of a Celery task inside another task, and `.get()` without a
    timeout in a route that is a plain function.

    ## Why it matters
    A worker that waits for other workers stops them all as soon as every one of them waits: Celery raises
    `RuntimeError` for it. A route waits for ever when no worker runs, and keeps a thread of the server.

    ## When to silence it
    When the workers run in a pool of threads or greenlets and other workers run the other task.
    """

    code = "AUD515"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{call}` {fact}; {cure}"
    examined = "results of tasks are waited for outside of tasks and with an end"
    reach = Reach.PROJECT
    call_names = ("get", "join", "join_native", "wait")

    bad = (
        """
        from celery import Celery

        app = Celery("shop", broker="memory://", backend="cache+memory://")

        @app.task
        def price(order):
            return 2 * order

        @app.task
        def invoice(order):
            return price.delay(order).get()  # AUD515
        """,
    )
    good = (
        """
        from celery import Celery

        app = Celery("shop", broker="memory://", backend="cache+memory://")

        @app.task
        def price(order):
            return 2 * order

        @app.task
        def invoice(amount):
            return amount

        def send_invoice(order):
            (price.s(order) | invoice.s()).delay()
        """,
        """
        from celery import Celery

        app = Celery("shop", broker="memory://", backend="cache+memory://")

        @app.task
        def price(order):
            return 2 * order

        def show_price(order):
            return price.delay(order).get(timeout=5)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Look at what may wait for a result."""
        module = self.module
        if module.is_test or not isinstance(node.func, ast.Attribute) or not _may_be_result(node.func.value):
            return
        if not module.keep("has results of tasks", _has_results):
            return
        function = module.function_of(node)
        if not isinstance(function, ast.FunctionDef) or not is_result(self.project, module, node.func.value):
            return
        if is_task(module, function):
            if _is_allowed(module, node):
                self.passed(node)
                return
            self.report(
                node,
                call=module.call_text(node),
                fact=f"waits for a task inside the task `{function.name}` and raises RuntimeError",
                cure="chain the two",
            )
        elif is_route(module, function) and not node.args and not node.keywords and not self._has_ended(node):
            self.report(
                node,
                call=module.call_text(node),
                fact="waits for ever in a route while no worker runs",
                cure="give a `timeout`, or answer with the task's id",
            )
        else:
            self.passed(node)

    def _has_ended(self, node: ast.Call) -> bool:
        """Whether the function has asked above whether there is a result: then it is there."""
        assert isinstance(node.func, ast.Attribute), "results are asked by methods"
        receiver = self.module.source(node.func.value)
        return any(
            part.lineno <= node.lineno
            and self.module.source(part.value) == receiver
            and self.module.function_of(part) is self.module.function_of(node)
            for name in ("state", "status", "ready", "successful")
            for part in self.module.attributes_named(name)
        )


def _has_results(module: Module) -> bool:
    """Whether a module sends tasks or imports Celery at all."""
    calls = module.calls_by_name()
    return "delay" in calls or "apply_async" in calls or module.imports("celery")


def _may_be_result(receiver: ast.expr) -> bool:
    """A first look at a receiver, before names are asked: most `get` is that of a dict."""
    if isinstance(receiver, ast.Name):
        return True
    if not isinstance(receiver, ast.Call):
        return False
    function = receiver.func
    last = last_name(function)
    return last in ("delay", "apply_async", "send_task", "AsyncResult", "GroupResult") or isinstance(
        function, ast.Call
    )


def _is_allowed(module: Module, call: ast.Call) -> bool:
    """Whether Celery is told that the wait is meant."""
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg == "disable_sync_subtasks":
            return True
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, ast.With):
            for item in ancestor.items:
                entered = item.context_expr
                if isinstance(entered, ast.Call) and module.text(entered.func).endswith(_ALLOWING):
                    return True
    return False
