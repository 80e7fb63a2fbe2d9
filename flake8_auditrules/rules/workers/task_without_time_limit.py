"""AUD517: tasks that talk to the network and that nothing ever ends."""

from __future__ import annotations

import ast

from flake8_auditrules.project.celery_facts import application_calls
from flake8_auditrules.project.celery_limits import unlimited_tasks
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.programs import is_example


class TaskWithoutTimeLimit(Rule):
    """
    ## What it does
    Finds Celery applications without a time limit in projects in which three tasks or more make network calls
    and have none of their own. It is reported once, where the application is made.

    ## Why it matters
    The timeout of a request is one for each piece of the answer: a peer that sends a byte now and then holds
    the task for as long as it likes. Without a limit each such task takes one process of the worker with it, and
    when the last is taken, nothing runs any more.

    ## When to silence it
    When the workers are started with `--time-limit`.
    """

    code = "AUD517"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    message = (
        "`{call}` sets no time limit, `{task}` and {others} more can hold a worker for ever; set `task_time_limit`"
    )
    examined = "applications limit the time of their tasks, or have none that uses the network"
    reach = Reach.PROJECT
    imports = ("celery",)

    bad = (
        """
        # file: shop/__init__.py

        # file: shop/worker.py
        import httpx
        from celery import Celery

        app = Celery("shop", broker="memory://")  # AUD517

        @app.task
        def fetch(url):
            return httpx.get(url, timeout=5).text

        @app.task
        def announce(url):
            httpx.post(url, json={"news": True}, timeout=5)

        @app.task
        def withdraw(url):
            httpx.delete(url, timeout=5)
        """,
    )
    good = (
        """
        # file: shop/__init__.py

        # file: shop/worker.py
        import httpx
        from celery import Celery

        app = Celery("shop", broker="memory://")
        app.conf.task_time_limit = 60

        @app.task
        def fetch(url):
            return httpx.get(url, timeout=5).text

        @app.task
        def announce(url):
            httpx.post(url, json={"news": True}, timeout=5)

        @app.task
        def withdraw(url):
            httpx.delete(url, timeout=5)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Look at the applications of this module."""
        if self.module.is_test or is_example(self.module):
            return
        calls = [call for call in application_calls(self.module) if self.module.function_of(call) is None]
        if len(calls) != 1:
            return
        tasks = unlimited_tasks(self.project, self.module)
        if not tasks:
            self.passed(calls[0])
            return
        self.report(calls[0], call=self.module.call_text(calls[0]), task=tasks[0], others=str(len(tasks) - 1))
