"""AUD904: an application that nobody can ask whether it is well."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import applications, is_whole, names_anything
from flake8_auditrules.rule import Category, Reach, Rule, Severity

_HEALTH = pattern(
    r"health|ready|readiness|liveness|livez|readyz|(?:^|[/_-])(?:alive|live|ping|stat(?:e|us)|heartbeat|up)(?:$|[/_-])",
    re.IGNORECASE,
)


class NoHealthRoute(Rule):
    """
    ## What it does
    Finds FastAPI applications whose project has no route, router or module for health: none with health, ready,
    live, ping, status or heartbeat in its path or name. Silent where an application takes in routers that are not
    of the project.

    ## Why it matters
    A load balancer or an orchestrator that has nothing to ask sends requests to an instance which is not ready
    yet, and keeps one alive that hangs.

    ## When to silence it
    When whatever runs the application asks another route.
    """

    code = "AUD904"
    severity = Severity.LOW
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{application}` has no health route; add one that says whether it can serve"
    examined = "applications have a health route"
    imports = ("fastapi",)
    reach = Reach.PROJECT

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()  # AUD904

        @app.get("/notes")
        def notes():
            return []
        """,
    )
    good = (
        """
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/notes")
        def notes():
            return []

        @app.get("/health")
        def health():
            return {"ok": True}
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the applications of the module where no route of the project tells of health."""
        made = applications(self.project, self.module)
        if not made:
            return
        if names_anything(self.project, self.module, _HEALTH):
            for application in made:
                self.passed(application.call)
            return
        if not is_whole(self.project, self.module):
            return
        for application in made:
            self.report(application.call, application=self.module.call_text(application.call))
