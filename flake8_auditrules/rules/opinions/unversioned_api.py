"""AUD905: an interface whose paths name no version."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import applications, is_whole, names_anything, project_routes
from flake8_auditrules.rule import Category, Reach, Rule, Severity

_VERSION = pattern(
    r"(?:^|[/._-])v\d+(?:$|[/._-])|api_?version|versioned|versioning|/\d{4}-\d\d(?:/|$)", re.IGNORECASE
)
# What is asked by those who run the application, and no part of its interface.
_OPERATION = pattern(
    r"^/?(?:$|health|ready|live|ping|status|metrics|version|docs|favicon|static|robots|\.well-known)",
    re.IGNORECASE,
)
# What serves pages, by the names that are imported and the files: they are deployed with what they ask.
_PAGES = pattern(r"(?:^|\.)(?:HTMLResponse|Jinja2Templates|StaticFiles|TemplateResponse)$|\.html$")
_FEW = 3


class UnversionedApi(Rule):
    """
    ## What it does
    Finds FastAPI applications all of whose routes are known and of which no path, router or module has a version
    (`/v1`, `api_version`). Applications of one or two routes, beside those for health and metrics, are silent;
    so are those that serve pages of their own or no description of their interface (`openapi_url=None`).

    ## Why it matters
    The first change that breaks a client needs a place where the old form lives on. Without a version in the path
    every client has to change in the moment of the deployment.

    ## When to silence it
    When only programs that are deployed together with it ask it.
    """

    code = "AUD905"
    severity = Severity.INFO
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = (
        "`{application}` serves {number} paths of which none names a version; give its routers a prefix like `/v1`"
    )
    examined = "paths of applications name a version"
    imports = ("fastapi",)
    reach = Reach.PROJECT

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()  # AUD905

        @app.get("/notes")
        def notes():
            return []

        @app.get("/notes/{number}")
        def note(number: int):
            return {"number": number}

        @app.delete("/notes/{number}")
        def remove(number: int):
            return {"removed": number}

        @app.get("/authors")
        def authors():
            return []
        """,
    )
    good = (
        """
        from fastapi import APIRouter, FastAPI

        router = APIRouter(prefix="/v1")

        @router.get("/notes")
        def notes():
            return []

        @router.get("/notes/{number}")
        def note(number: int):
            return {"number": number}

        @router.get("/authors")
        def authors():
            return []

        app = FastAPI()
        app.include_router(router)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the applications of the module where no path of the project names a version."""
        made = applications(self.project, self.module)
        if not made:
            return
        if names_anything(self.project, self.module, _VERSION) or names_anything(
            self.project, self.module, _PAGES
        ):
            for application in made:
                self.passed(application.call)
            return
        served = {route.path for route in project_routes(self.project) if not _OPERATION.search(route.path)}
        if len(served) < _FEW or not is_whole(self.project, self.module):
            return
        for application in made:
            described = self.module.argument(application.call, "openapi_url")
            if isinstance(described, ast.Constant) and described.value is None:
                self.passed(application.call)
                continue
            text = self.module.call_text(application.call)
            self.report(application.call, application=text, number=str(len(served)))
