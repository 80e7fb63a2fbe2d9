"""AUD625: a text of the request that a conversion may refuse, with status 500."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.conversions import CONVERSIONS, Conversion
from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.project.registered_handlers import is_answered
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.request_bodies import is_answered_around, is_signed_or_wrapped
from flake8_auditrules.semantics.request_values import (
    Part,
    RequestValue,
    carried,
    field_name,
    free_parameters,
    is_fastapi_route,
    is_given_before,
    is_looked_at,
    is_validated_whole,
    model_parameters,
)
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import FunctionNode

# What asks a text what it is.
_ASKING = frozenset({"fullmatch", "isdecimal", "isdigit", "isnumeric", "match", "search"})
# What the server has read as a number itself before it calls the application.
_READ_BY_SERVER = "content-length"
_CONVERTING = frozenset(name.rpartition(".")[2] for name in CONVERSIONS)
_ENUMERATION = "enum.Enum"
# What takes each fault, by the names that `except` writes.
_TAKING_ALL = frozenset({"Exception", "BaseException"})
_TAKING = {
    "ValueError": frozenset({"ValueError"}),
    "binascii.Error": frozenset({"Error", "ValueError"}),
    "InvalidOperation": frozenset({"InvalidOperation", "DecimalException", "ArithmeticError"}),
    "InvalidId": frozenset({"InvalidId", "BSONError"}),
}


class UnguardedConversion(Rule):
    """
    ## What it does
    Finds routes that make a number, a date, a UUID, an ObjectId or a member of an enumeration of a text which the
    client sends, where nothing answers for another text: `int(request.args["page"])`, `uuid.UUID(order_id)` of a
    parameter `order_id: str`, `date.fromisoformat(body.day)`.

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
    imports = ("fastapi", "starlette", "flask", "quart", "aiohttp", "sanic", "django", "rest_framework", "tornado")
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

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report the conversions of a route that nobody answers for."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report the conversions of a route that nobody answers for."""
        self._check(node)

    def _check(self, route: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        module = self.module
        if module.is_test or not is_route(module, route):
            return
        given = {**free_parameters(module, route), **model_parameters(module, route)}
        for call in module.own_nodes(route):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            conversion = self._conversion(call)
            value = carried(module, call.args[0], given) if conversion is not None else None
            # What is done with keys of a JSON body is another rule's.
            if conversion is None or value is None or _is_of_body(value):
                continue
            if self._is_answered_for(route, call, conversion, value):
                self.passed(call)
                continue
            cure = "catch it and answer with 400"
            is_declared = isinstance(value.node, (ast.Attribute, ast.Name))
            if conversion.declared and is_declared and is_fastapi_route(module, route):
                cure = f"declare it as `{conversion.declared}`"
            text = module.text(call, 50)
            self.report(call, call=text, fault=conversion.fault, wrong=conversion.wrong, cure=cure)

    def _conversion(self, call: ast.Call) -> Conversion | None:
        """How a call reads a text: a function that is known to, or an enumeration, `Kind(text)`."""
        module = self.module
        if last_name(call) in _CONVERTING:
            return CONVERSIONS.get(module.callee(call) or "")
        if not last_name(call)[:1].isupper() or len(call.args) != 1 or call.keywords:
            return None
        made = module.callee(call)
        if made is None or _ENUMERATION not in module.instances.ancestry(made):
            return None
        found = class_named(self.project, module, made)
        if found is None or "_missing_" in found[0].members(found[1]).methods:
            # Its class may know what to do with other texts.
            return None
        return Conversion("ValueError", f"no `{last_name(call)}`", last_name(call))

    def _is_answered_for(
        self, route: FunctionNode, call: ast.Call, conversion: Conversion, value: RequestValue
    ) -> bool:
        """Whether a wrong text cannot come here, or something answers for it."""
        module, taking = self.module, _TAKING[conversion.fault]
        return (
            is_answered_around(module, call, taking | _TAKING_ALL)
            or is_looked_at(module, route, value, beside=call)
            or is_given_before(module, route, call, value.names)
            or is_signed_or_wrapped(module, route)
            or _is_made_sure_of(module, route, value)
            or is_answered(self.project, module, taking)
        )


def _is_of_body(value: RequestValue) -> bool:
    return value.part is Part.FIELD and not isinstance(value.node, ast.Attribute)


def _is_made_sure_of(module: Module, function: FunctionNode, value: RequestValue) -> bool:
    """Whether the text is asked what it is, a form looks at all, the server at a header, or the path says it."""
    name, read = field_name(value.node), module.source(value.node)
    if name.lower() == _READ_BY_SERVER:
        return True
    # The path of an aiohttp route says what a segment looks like: `{number:\d+}`; it may stand in another module.
    if "match_info" in read and not any(f"{{{name}}}" in line for line in module.lines):
        return True
    if is_validated_whole(module, function):
        return True
    for node in module.own_nodes(function):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in _ASKING and any(
            module.source(one) == read or (isinstance(one, ast.Name) and one.id in value.names)
            for one in (node.func.value, *node.args)
        ):
            return True
    return False
