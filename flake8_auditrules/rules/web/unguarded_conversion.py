"""AUD625: a text of the request that a conversion may refuse, with status 500."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.conversions import CONVERSIONS
from flake8_auditrules.project.registered_handlers import is_answered
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.request_bodies import is_answered_around, is_signed_or_wrapped
from flake8_auditrules.semantics.request_values import (
    Part,
    carried,
    free_parameters,
    is_fastapi_route,
    is_given_before,
    is_looked_at,
    model_parameters,
)
from flake8_auditrules.semantics.routes import is_route

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What takes each of these faults, by the names that `except` writes.
_TAKING = frozenset({"Exception", "BaseException"})
_BASES = {
    "ValueError": frozenset({"ValueError"}),
    "binascii.Error": frozenset({"Error", "ValueError"}),
    "InvalidOperation": frozenset({"InvalidOperation", "DecimalException", "ArithmeticError"}),
    "InvalidId": frozenset({"InvalidId", "BSONError"}),
}


class UnguardedConversion(Rule):
    """
    ## What it does
    Finds routes that make a number, a date, a UUID or an ObjectId of a text which the client sends, where nothing
    answers for another text: `int(request.args["page"])`, `uuid.UUID(order_id)` of a parameter `order_id: str`,
    `date.fromisoformat(body.day)`.

    Silent where the route tests the text, catches the exception and answers with anything but a fault of the
    server, where the application registers a handler for it, and in routes that take the signed events of another
    program. What is done with keys of a JSON body is AUD611's.

    ## Why it matters
    The client's mistake is answered with status 500, counted as a fault of the server and logged with a traceback;
    the client learns nothing about what was wrong.

    ## When to silence it
    When nobody but a program that sends the right form can reach the route.
    """

    code = "AUD625"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    reach = Reach.PROJECT
    calls = frozenset(CONVERSIONS)
    message = "`{call}` ends in {fault} and status 500 where the client sends {wrong}; {cure}"
    examined = "texts of requests are converted where somebody answers for wrong ones"

    bad = (
        """
        from datetime import date

        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/sales")
        def sales(day: str):
            return {"weekday": date.fromisoformat(day).weekday()}  # AUD625
        """,
        """
        from flask import Flask, request

        app = Flask(__name__)

        @app.get("/orders")
        def orders():
            page = int(request.args.get("page", 1))  # AUD625
            return {"page": page}
        """,
    )
    good = (
        """
        from datetime import date

        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/sales")
        def sales(day: date):
            return {"weekday": day.weekday()}
        """,
        """
        from flask import Flask, abort, request

        app = Flask(__name__)

        @app.get("/orders")
        def orders():
            try:
                page = int(request.args.get("page", 1))
            except ValueError:
                abort(400)
            return {"page": page}
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a conversion of what the client sends that nobody answers for."""
        module = self.module
        callee = module.called(node, self.calls)
        function = module.function_of(node)
        if callee is None or not node.args or not isinstance(function, _FUNCTIONS) or module.is_test:
            return
        if not is_route(module, function):
            return
        given = {**free_parameters(module, function), **model_parameters(module, function)}
        value = carried(module, node.args[0], given)
        if value is None or (value.part is Part.FIELD and not isinstance(value.node, ast.Attribute)):
            return
        conversion = CONVERSIONS[callee]
        taking = _BASES[conversion.fault]
        if (
            is_answered_around(module, node, taking | _TAKING)
            or is_looked_at(module, function, value, beside=node)
            or is_given_before(module, function, node, value.names)
            or is_signed_or_wrapped(module, function)
            or is_answered(self.project, module, taking)
        ):
            self.passed(node)
            return
        cure = "catch it and answer with 400"
        if conversion.declared and is_fastapi_route(module, function):
            cure = f"declare it as `{conversion.declared}`"
        self.report(node, call=module.text(node, 50), fault=conversion.fault, wrong=conversion.wrong, cure=cure)
