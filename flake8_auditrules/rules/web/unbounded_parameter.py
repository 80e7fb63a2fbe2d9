"""AUD615: a request that says how much it wants, without an upper bound."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from flake8_auditrules.project.number_sinks import numbers_of_models, sink_place
from flake8_auditrules.project.view_gates import answers_superusers_only
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.parameters import Number, path_numbers, read_numbers, route_numbers

# Frameworks whose functions read the numbers of a request themselves.
_READING = ("fastapi", "starlette", "flask", "quart", "django", "rest_framework", "aiohttp", "sanic")


class UnboundedParameter(Rule):
    """
    ## What it does
    Finds parameters of FastAPI routes, and fields of their request models, that say how much is wanted (limit,
    size, count, hours, days ...), have no upper bound, and reach a query's `limit` or slice, a range or a time
    span, there or in the functions of the project that they, or the whole model, are handed to. In Flask, Django
    and the like, what `request.args.get("limit", type=int)` or `int(request.GET.get("limit"))` reads counts too.
    A slice of a list that is there as a whole is left alone, and class views of Django whose `dispatch` raises for
    all but superusers.

    ## Why it matters
    `?limit=100000000` is a valid request. It reads the whole table into memory, holds a connection for minutes
    and can be sent by anybody, many times at once; `days=999999999` raises OverflowError.

    ## When to silence it
    When only trusted callers reach the route.
    """

    code = "AUD615"
    severity = Severity.LOW
    category = Category.SECURITY
    since = "0.1.0"
    message = "`{parameter}` has no upper bound and reaches `{sink}` ({line}); {cure}"
    examined = "numbers from requests reach no costly call unbounded"
    reach = Reach.CALLEES

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/squares")
        def squares(count: int = 50):  # AUD615
            return [number * number for number in range(count)]
        """,
    )
    good = (
        """
        from typing import Annotated

        from fastapi import FastAPI, Query

        app = FastAPI()

        @app.get("/squares")
        def squares(count: Annotated[int, Query(ge=1, le=200)] = 50):
            return [number * number for number in range(count)]
        """,
        """
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/squares")
        def squares(count: int = 50):
            count = min(max(count, 1), 200)
            return [number * number for number in range(count)]
        """,
    )

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report the unbounded numbers of a route."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report the unbounded numbers of a route."""
        self._check(node)

    def _check(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        module = self.module
        if module.is_test:
            return
        if module.imports("fastapi"):
            self._look_at(node, route_numbers(module, node), "give `le=`")
            self._look_at(node, numbers_of_models(self.project, module, node), "give `le=`")
        elif module.imports("flask", "quart"):
            self._look_at(node, path_numbers(module, node), "cap it with `min(...)`")
        if module.imports(*_READING):
            self._look_at(node, read_numbers(module, node), "cap it with `min(...)`")

    def _look_at(self, node: ast.FunctionDef | ast.AsyncFunctionDef, numbers: Iterable[Number], cure: str) -> None:
        module = self.module
        for number in numbers:
            place = sink_place(self.project, module, node, number)
            if place is None or answers_superusers_only(self.project, module, node):
                self.passed(number.node)
                continue
            where = f"line {place.line}"
            if place.path != module.path:
                where = f"{self.project.relative(place.path)}:{place.line}"
            self.report(
                number.node,
                steps=(Step(self.project.relative(place.path), place.line, place.text),),
                parameter=number.name,
                sink=place.text,
                line=where,
                cure=cure,
            )
