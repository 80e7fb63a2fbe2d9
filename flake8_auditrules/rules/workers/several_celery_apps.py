"""AUD510: a second Celery application that has none of the first one's settings."""

from __future__ import annotations

import ast

from flake8_auditrules.project.celery_facts import application_calls
from flake8_auditrules.project.celery_registry import second_applications
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.programs import is_example


class SeveralCeleryApps(Rule):
    """
    ## What it does
    Finds `Celery(...)` applications that get no settings, in a package where another application is told which
    tasks go to which queues; and those that a function makes without a broker to talk to the workers or to read
    a result, where another application is told which broker that is.

    ## Why it matters
    Settings belong to one application. What the second one sends goes to its own default queue, `celery`, which
    the workers of the first may not read at all: the sender notices nothing, and the task is never run. One
    without a broker talks to Celery's default, on this machine: `revoke` is heard by nobody.

    ## When to silence it
    When the second application talks to other workers, of another project.
    """

    code = "AUD510"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{call}` is a second application without the {lacks} of `{other}`; import that one"
    examined = "Celery applications are the only ones or have settings"
    reach = Reach.PROJECT
    imports = ("celery",)

    bad = (
        """
        # file: shop/__init__.py

        # file: shop/worker.py
        from celery import Celery

        app = Celery("shop", broker="memory://")
        app.conf.task_default_queue = "shop"

        @app.task
        def send_receipt(order):
            return order

        # file: shop/web.py
        from celery import Celery

        sender = Celery("shop", broker="memory://")  # AUD510

        def finish(order):
            sender.send_task("shop.worker.send_receipt", args=[order])
        """,
    )
    good = (
        """
        # file: shop/__init__.py

        # file: shop/worker.py
        from celery import Celery

        app = Celery("shop", broker="memory://")
        app.conf.task_default_queue = "shop"

        @app.task
        def send_receipt(order):
            return order

        # file: shop/web.py
        from shop.worker import app

        def finish(order):
            app.send_task("shop.worker.send_receipt", args=[order])
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the applications that lack what another one has."""
        if self.module.is_test or is_example(self.module):
            return
        for second in second_applications(self.project, self.module):
            self.report(
                second.call, call=self.module.call_text(second.call), other=second.configured, lacks=second.lacks
            )
        self.passed_others(application_calls(self.module))
