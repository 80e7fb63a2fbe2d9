"""AUD511: a task's name that no task of the project is registered under."""

from __future__ import annotations

import ast
import fnmatch

from flake8_auditrules.project.celery_registry import unknown_task
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity
from flake8_auditrules.semantics.celery_names import named_tasks


class UnknownTaskName(Rule):
    """
    ## What it does
    Finds names of tasks, written out in `send_task`, `signature` and beat schedules, that no Celery task of the
    project is registered under: misspelt ones, those of tasks that were renamed or moved, and those with
    another prefix than the worker imports the module by.

    ## Why it matters
    The sender notices nothing: the message lies in the queue until a worker takes it, writes `NotRegistered`
    to its log and throws the message away. What the beat schedule should do each night is never done.

    ## When to silence it
    When another project registers the task; patterns of such names can be given in the option
    `other-projects`.
    """

    code = "AUD511"
    severity = Severity.CRITICAL
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{name}` is {use}, but no task has this name, so workers drop the message; {cure}"
    examined = "names of tasks are names of tasks in the project"
    reach = Reach.PROJECT
    options = (Option("other-projects", (), "patterns of the names of tasks that other projects register"),)

    bad = (
        """
        # file: shop/__init__.py

        # file: shop/tasks.py
        from celery import Celery

        app = Celery("shop", broker="memory://", backend="cache+memory://")

        @app.task
        def send_receipt(order):
            return order

        # file: shop/orders.py
        from shop.tasks import app

        def finish(order):
            return app.send_task("shop.tasks.send_reciept", args=[order])  # AUD511
        """,
        """
        # file: shop/__init__.py

        # file: shop/tasks.py
        from celery import Celery
        from celery.schedules import crontab

        app = Celery("shop", broker="memory://")
        app.conf.beat_schedule = {
            "nightly": {"task": "shop.jobs.tidy", "schedule": crontab(hour=3)},  # AUD511
        }

        @app.task
        def tidy():
            return "tidy"
        """,
    )
    good = (
        """
        # file: shop/__init__.py

        # file: shop/tasks.py
        from celery import Celery

        app = Celery("shop", broker="memory://", backend="cache+memory://")

        @app.task
        def send_receipt(order):
            return order

        # file: shop/orders.py
        from shop.tasks import app

        def finish(order):
            return app.send_task("shop.tasks.send_receipt", args=[order])
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the names that no task has."""
        if self.module.is_test:
            return
        others = self.option("other-projects")
        patterns = others if isinstance(others, tuple) else ()
        for used in named_tasks(self.module):
            if any(fnmatch.fnmatchcase(used.name, pattern) for pattern in patterns):
                continue
            unknown = unknown_task(self.project, self.module, used.name)
            if unknown is None:
                self.passed(used.place)
                continue
            cure = f"use `{unknown.nearest}`" if unknown.nearest else "use the name that the task is registered by"
            self.report(used.place, name=used.name, use=used.use, cure=cure)
