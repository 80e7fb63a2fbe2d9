"""AUD908: an application that leaves unexpected failures to the framework."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import applications, mentions_any, names_anything
from flake8_auditrules.rule import Category, Reach, Rule, Severity

_HANDLING = pattern(r"(?:error|exception|fault)s?_?(?:handl|middleware|catch)|catch_?all|sentry", re.IGNORECASE)
_REGISTERING = ("exception_handler", "add_exception_handler", "exception_handlers")


class NoExceptionHandler(Rule):
    """
    ## What it does
    Finds FastAPI applications in projects that register no exception handler anywhere, neither by decorator, by
    call nor by argument, and have no middleware for errors by its name.

    ## Why it matters
    What nobody expected is answered with the plain text `Internal Server Error`, in another form than all other
    errors of the API, and without anything by which the client could refer to it.

    ## When to silence it
    When the plain answer is enough.
    """

    code = "AUD908"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{application}` has no exception handler; register one for `Exception`"
    examined = "applications handle exceptions"
    imports = ("fastapi",)
    reach = Reach.PROJECT

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()  # AUD908

        @app.get("/notes/{number}")
        def note(number: int):
            return [][number]
        """,
    )
    good = (
        """
        import logging

        from fastapi import FastAPI, Request
        from fastapi.responses import JSONResponse

        app = FastAPI()
        logger = logging.getLogger(__name__)

        @app.exception_handler(Exception)
        async def unexpected(request: Request, error: Exception):
            logger.error("unexpected failure", exc_info=error)
            return JSONResponse({"code": "internal", "message": "internal error"}, status_code=500)

        @app.get("/notes/{number}")
        def note(number: int):
            return [][number]
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the applications of the module where nothing in the project handles exceptions."""
        made = applications(self.project, self.module)
        if not made:
            return
        is_handled = names_anything(self.project, self.module, _HANDLING) or mentions_any(
            self.project, self.module, *_REGISTERING
        )
        for application in made:
            given = any(keyword.arg in ("exception_handlers", None) for keyword in application.call.keywords)
            if not is_handled and not given:
                self.report(application.call, application=self.module.call_text(application.call))
        self.passed_others([application.call for application in made])
