"""AUD512: a pattern of `task_routes` that matches no task, and the one task that all patterns forget."""

from __future__ import annotations

import ast

from flake8_auditrules.project.celery_facts import route_patterns
from flake8_auditrules.project.celery_registry import forgotten_by_routes, matches_no_task
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.celery_settings import settings_named


class UnmatchedTaskRoute(Rule):
    """
    ## What it does
    Finds patterns of Celery's `task_routes` that match no task of the project, and the one task that no
    pattern matches where all others, five at least, are routed.

    ## Why it matters
    A task without a route goes to the default queue. Where the workers read only the queues of the routes, it
    is never run; where they read all, it holds up what the routes should keep apart.

    ## When to silence it
    When the tasks come from another project, or the default queue is where the task belongs.
    """

    code = "AUD512"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{name}` {fact}; {cure}"
    examined = "routes match a task, and tasks a route"
    reach = Reach.PROJECT

    bad = (
        """
        # file: shop/__init__.py

        # file: shop/mails.py
        from celery import Celery

        app = Celery("shop", broker="memory://")
        app.conf.task_routes = {
            "shop.mail.*": {"queue": "mails"},  # AUD512
        }

        @app.task
        def send_receipt(order):
            return order
        """,
    )
    good = (
        """
        # file: shop/__init__.py

        # file: shop/mails.py
        from celery import Celery

        app = Celery("shop", broker="memory://")
        app.conf.task_routes = {
            "shop.mails.*": {"queue": "mails"},
        }

        @app.task
        def send_receipt(order):
            return order
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the patterns of this module that match nothing, and its tasks that alone have no route."""
        if self.module.is_test:
            return
        for setting in settings_named(self.module, "task_routes"):
            for pattern, place, _ in route_patterns(self.module, setting.value) or ():
                if pattern is None:
                    continue
                if matches_no_task(self.project, self.module, pattern):
                    self.report(
                        place,
                        name=pattern,
                        fact="matches no task, and what it should match goes to the default queue",
                        cure="name the tasks as they are registered",
                    )
                else:
                    self.passed(place)
        for function, covered in forgotten_by_routes(self.project, self.module):
            self.report(
                function,
                name=function.name,
                fact=f"has no route, the {covered} other tasks have one",
                cure="add it to `task_routes`",
            )
