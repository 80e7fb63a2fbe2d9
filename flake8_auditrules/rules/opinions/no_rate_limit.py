"""AUD903: an application that limits nobody."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import (
    applications,
    defines_anything,
    has_mutating_route,
    names_anything,
)
from flake8_auditrules.rule import Category, Reach, Rule, Severity

_LIMITING = pattern(r"rate_?limit|limiter|slowapi|throttl|quota|token_?bucket|too_?many_?requests", re.IGNORECASE)


class NoRateLimit(Rule):
    """
    ## What it does
    Finds FastAPI applications with routes that change something, in projects that name no rate limit anywhere: no
    limiter of a library, and no module, middleware, dependency or function with such a name.

    ## Why it matters
    One client in a loop can try passwords, fill the database or run up the bill of a paid service as fast as the
    server answers.

    ## When to silence it
    When a gateway in front of the application limits its clients.
    """

    code = "AUD903"
    severity = Severity.LOW
    category = Category.SECURITY
    since = "0.1.0"
    message = "`{application}` has routes that change something and no rate limit; add a limiter"
    examined = "applications limit their clients"
    imports = ("fastapi",)
    reach = Reach.PROJECT

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()  # AUD903
        notes = []

        @app.post("/notes")
        def add(text: str):
            notes.append(text)
        """,
    )
    good = (
        """
        from fastapi import FastAPI, Request
        from slowapi import Limiter
        from slowapi.util import get_remote_address

        limiter = Limiter(key_func=get_remote_address)
        app = FastAPI()
        app.state.limiter = limiter
        notes = []

        @app.post("/notes")
        @limiter.limit("10/minute")
        def add(request: Request, text: str):
            notes.append(text)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the applications of the module where nothing in the project limits a rate."""
        made = applications(self.project, self.module)
        if not made or not has_mutating_route(self.project):
            return
        if not names_anything(self.project, self.module, _LIMITING) and not defines_anything(
            self.project, _LIMITING
        ):
            for application in made:
                self.report(application.call, application=self.module.call_text(application.call))
        self.passed_others([application.call for application in made])
