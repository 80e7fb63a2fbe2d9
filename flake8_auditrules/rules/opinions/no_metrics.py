"""AUD907: an application that counts nothing."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import applications, names_anything
from flake8_auditrules.rule import Category, Reach, Rule, Severity

_COUNTING = pattern(
    r"metric|prometheus|statsd|instrumentator|tracing|telemetry|otel|sentry|ddtrace|datadog|elasticapm|newrelic|logfire|"
    r"monitoring|influx|observab|langfuse|langsmith",
    re.IGNORECASE,
)


class NoMetrics(Rule):
    """
    ## What it does
    Finds FastAPI applications in projects that name no metrics anywhere: no library that counts or traces, and no
    module, middleware, route or function with such a name.

    ## Why it matters
    How many requests there are, how long they take and how many fail is known only when a user complains.

    ## When to silence it
    When a proxy or an agent around the program measures it.
    """

    code = "AUD907"
    severity = Severity.LOW
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{application}` has no metrics; instrument it, and serve them or send them off"
    examined = "applications are measured"
    imports = ("fastapi",)
    reach = Reach.PROJECT

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()  # AUD907

        @app.get("/notes")
        def notes():
            return []
        """,
    )
    good = (
        """
        from fastapi import FastAPI
        from prometheus_fastapi_instrumentator import Instrumentator

        app = FastAPI()
        Instrumentator().instrument(app).expose(app)

        @app.get("/notes")
        def notes():
            return []
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the applications of the module where nothing in the project measures."""
        made = applications(self.project, self.module)
        if made and not names_anything(self.project, self.module, _COUNTING):
            for application in made:
                self.report(application.call, application=self.module.call_text(application.call))
        self.passed_others([application.call for application in made])
