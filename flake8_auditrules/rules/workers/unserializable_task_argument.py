"""AUD516: an argument of a task that cannot be written into a message."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import celery
from flake8_auditrules.project.celery_registry import registry, task_called
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.celery_names import is_sender
from flake8_auditrules.semantics.celery_settings import value_behind
from flake8_auditrules.semantics.rows import row_class

_TEXT_SERIALIZERS = frozenset({"json", "yaml", "msgpack"})


class UnserializableTaskArgument(Rule):
    """
    ## What it does
    Finds rows of an ORM, requests, database sessions, open files and clients that are given to `delay`,
    `apply_async` or `send_task` of a Celery task.

    ## Why it matters
    Arguments travel as JSON. None of these can be written as JSON: `delay` raises `EncodeError`, and nothing is
    sent at all.

    ## When to silence it
    When a serializer of the project's own can write such objects.
    """

    code = "AUD516"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{argument}` is {kind} and cannot be sent to the task as {serializer}; send {cure}"
    examined = "arguments of tasks can be sent, as far as is known"
    reach = Reach.PROJECT
    call_names = tuple(sorted(celery.SENDING))

    bad = (
        """
        from celery import Celery
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

        app = Celery("shop", broker="memory://")

        class Base(DeclarativeBase):
            pass

        class Order(Base):
            __tablename__ = "order"
            id: Mapped[int] = mapped_column(primary_key=True)

        @app.task
        def send_receipt(order):
            return order

        def finish(number):
            order = Order(id=number)
            send_receipt.delay(order)  # AUD516
        """,
    )
    good = (
        """
        from celery import Celery
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

        app = Celery("shop", broker="memory://")

        class Base(DeclarativeBase):
            pass

        class Order(Base):
            __tablename__ = "order"
            id: Mapped[int] = mapped_column(primary_key=True)

        @app.task
        def send_receipt(number):
            return number

        def finish(number):
            order = Order(id=number)
            send_receipt.delay(order.id)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Look at the arguments of a task that is sent."""
        function = node.func
        if self.module.is_test or not isinstance(function, ast.Attribute):
            return
        arguments = list(self._arguments(node, function.attr))
        if not arguments or self.module.argument(node, "serializer") is not None:
            return
        serializer = ""
        if function.attr == "send_task":
            if not is_sender(self.module, node):
                return
        else:
            task = task_called(self.project, self.module, function.value)
            if task is None:
                return
            serializer = task.serializer
        serializer = serializer or self._serializer()
        if serializer not in _TEXT_SERIALIZERS:
            return
        for argument in arguments:
            kind, cure = self._kind(argument)
            if kind:
                self.report(
                    argument,
                    argument=self.module.text(argument),
                    kind=kind,
                    serializer=serializer,
                    cure=cure,
                )
            else:
                self.passed(argument)

    def _arguments(self, call: ast.Call, sending: str) -> Iterator[ast.expr]:
        """The expressions that a call hands to the task, as far as they are written out."""
        if sending == "delay":
            yield from (one for one in call.args if not isinstance(one, ast.Starred))
            yield from (keyword.value for keyword in call.keywords if keyword.arg is not None)
            return
        first = 1 if sending == "send_task" else 0
        given = self.module.argument(call, "args", first)
        positional = value_behind(self.module, given) if given is not None else None
        if isinstance(positional, (ast.List, ast.Tuple)):
            yield from (one for one in positional.elts if not isinstance(one, ast.Starred))
        given = self.module.argument(call, "kwargs", first + 1)
        named = value_behind(self.module, given) if given is not None else None
        if isinstance(named, ast.Dict):
            yield from named.values

    def _serializer(self) -> str:
        """The serializer that the project's tasks have; "?" where that is not known."""
        found = registry(self.project, self.module)
        if any(facts.sends_otherwise for facts in found.facts.values()) or found.has_own_serializers():
            return "?"
        given = found.texts("task_serializer")
        if given:
            return next(iter(given)) if len(given) == 1 else "?"
        return "?" if found.is_configured_elsewhere() else "json"

    def _kind(self, argument: ast.expr) -> tuple[str, str]:
        """What an argument is that cannot be sent, and what to send for it; empty for all others."""
        if not isinstance(argument, (ast.Name, ast.Attribute, ast.Call)):
            return "", ""
        if row_class(self.module, argument) is not None:
            return "a row of the database", "its key"
        if self._is_who_asks(argument):
            return "a row of the database", "its key"
        found = self.module.instance_of(argument)
        if found is None or found.startswith("builtins."):
            return "", ""
        ancestry = self.module.instances.ancestry(found)
        for names, kind, cure in celery.UNSENDABLE:
            if not names.isdisjoint(ancestry):
                return kind, cure
        return "", ""

    def _is_who_asks(self, argument: ast.expr) -> bool:
        """Whether an argument is Django's user behind a request: `request.user`, `self.request.user`."""
        if not isinstance(argument, ast.Attribute) or argument.attr != "user":
            return False
        if not self.module.imports("django", "rest_framework"):
            return False
        return self.module.text(argument.value) in ("request", "self.request", "info.context")
