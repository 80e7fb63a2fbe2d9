"""AUD513: queues that share one binding, so that each message lies in every one of them."""

from __future__ import annotations

import ast

from flake8_auditrules.project.celery_registry import registry
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.celery_settings import queues_without_binding


class SharedRoutingKey(Rule):
    """
    ## What it does
    Finds two and more `Queue("name")` without exchange and routing key in Celery's `task_queues`, where the
    default exchange is of type topic or fanout, or where tasks are published to that exchange and key by name.

    ## Why it matters
    A queue without its own exchange and key gets the default ones: all of them are bound alike, and the broker
    copies each message into every queue. Each task is run once for each queue.

    ## When to silence it
    When each queue shall have its copy of every message.
    """

    code = "AUD513"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{queue}` and {others} more have one binding, {why}; give each its own `routing_key`"
    examined = "sets of queues have bindings that suit their exchange"
    reach = Reach.PROJECT

    bad = (
        """
        from celery import Celery
        from kombu import Queue

        app = Celery("shop", broker="memory://")
        app.conf.task_default_exchange_type = "topic"
        app.conf.task_queues = [
            Queue("mails"),  # AUD513
            Queue("stock"),
        ]

        @app.task
        def send_receipt(order):
            return order
        """,
    )
    good = (
        """
        from celery import Celery
        from kombu import Queue

        app = Celery("shop", broker="memory://")
        app.conf.task_default_exchange_type = "topic"
        app.conf.task_queues = [
            Queue("mails", routing_key="mails.#"),
            Queue("stock", routing_key="stock.#"),
        ]

        @app.task
        def send_receipt(order):
            return order
        """,
        """
        from celery import Celery
        from kombu import Queue

        app = Celery("shop", broker="memory://")
        app.conf.task_queues = [Queue("mails"), Queue("stock")]

        @app.task
        def send_receipt(order):
            return order
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the first of the queues that are bound alike."""
        if self.module.is_test:
            return
        for queues in queues_without_binding(self.module):
            why = self._why_all_get_it()
            if why:
                self.report(queues[0], queue=self.module.text(queues[0]), others=str(len(queues) - 1), why=why)
            else:
                self.passed(queues[0])

    def _why_all_get_it(self) -> str:
        """Why a message that is meant for one queue reaches all; "" where nothing says so."""
        found = registry(self.project, self.module)
        types = found.texts("task_default_exchange_type")
        if types in ({"topic"}, {"fanout"}):
            return f"the default exchange is a {next(iter(types))}"
        name = found.texts("task_default_exchange") or found.texts("task_default_queue") or {"celery"}
        key = found.texts("task_default_routing_key") or found.texts("task_default_queue") or {"celery"}
        if len(name) == len(key) == 1 and "?" not in name | key and not types - {"direct"}:
            pair = (next(iter(name)), next(iter(key)))
            if any(pair in facts.published for facts in found.facts.values()):
                return "and tasks are published to it by name"
        return ""
