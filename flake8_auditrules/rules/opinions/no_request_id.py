"""AUD906: an application whose log lines cannot be told apart by request."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import (
    applications,
    defines_anything,
    mentions_any,
    names_anything,
    says_anything,
)
from flake8_auditrules.rule import Category, Reach, Rule, Severity

_IDENTIFYING = pattern(
    r"request_?id|x-request-id|correlation|trace_?id|traceparent|tracing|telemetry|otel|sentry|ddtrace|datadog|"
    r"elasticapm|newrelic|logfire|jaeger|x-?ray",
    re.IGNORECASE,
)
# What is only set, or stands in a text, is in no table of names.
_SET = pattern(r"x-(?:request|correlation|trace)-id|state\.\w*(?:request|correlation|trace)_?id", re.IGNORECASE)
_MENTIONS = ("request_id", "correlation_id", "trace_id", "req_id")


class NoRequestId(Rule):
    """
    ## What it does
    Finds FastAPI applications in projects that name neither a request id, a correlation id nor a trace anywhere.

    ## Why it matters
    The log of a busy server is a mixture of many requests. Without an id in each line nobody can tell which lines
    belong to the request that failed, or find in the next service what this one has asked.

    ## When to silence it
    When a gateway or agent around the program does the tracing.
    """

    code = "AUD906"
    severity = Severity.LOW
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{application}` gives requests no id; add a middleware that sets and logs `X-Request-ID`"
    examined = "applications tell requests apart"
    imports = ("fastapi",)
    reach = Reach.PROJECT

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()  # AUD906

        @app.get("/notes")
        def notes():
            return []
        """,
    )
    good = (
        """
        from uuid import uuid4

        from fastapi import FastAPI, Request

        app = FastAPI()

        @app.middleware("http")
        async def number(request: Request, call_next):
            request.state.request_id = request.headers.get("X-Request-ID") or uuid4().hex
            response = await call_next(request)
            response.headers["X-Request-ID"] = request.state.request_id
            return response

        @app.get("/notes")
        def notes():
            return []
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the applications of the module where nothing in the project tells requests apart."""
        made = applications(self.project, self.module)
        if not made:
            return
        is_identified = (
            names_anything(self.project, self.module, _IDENTIFYING)
            or mentions_any(self.project, self.module, *_MENTIONS)
            or defines_anything(self.project, _IDENTIFYING)
            or says_anything(self.project, _SET)
        )
        for application in made if not is_identified else ():
            self.report(application.call, application=self.module.call_text(application.call))
        self.passed_others([application.call for application in made])
