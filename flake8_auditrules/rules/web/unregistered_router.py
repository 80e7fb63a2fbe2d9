"""AUD606: a router that no application includes, or that one includes twice."""

from __future__ import annotations

import ast

from flake8_auditrules.project.registration import includable_routers, included_twice, unregistered_routers
from flake8_auditrules.rule import Category, Reach, Rule, Severity


class UnregisteredRouter(Rule):
    """
    ## What it does
    Finds FastAPI routers and Flask blueprints with routes that nothing in the project includes or imports,
    and routers that are included a second time under the same prefix.

    ## Why it matters
    The routes of a router that is not included do not exist: every request for them is answered with 404. A
    router that is included twice gives each route twice in the documentation, and the second never answers.

    ## When to silence it
    When another project includes the router, or a framework finds it by its name.
    """

    code = "AUD606"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{router}` {fact}; {cure}"
    examined = "routers and includes are there once"
    reach = Reach.PROJECT

    bad = (
        """
        # file: notes.py
        from fastapi import APIRouter

        router = APIRouter()

        @router.get("/notes")
        async def notes():
            return []

        # file: tasks.py
        from fastapi import APIRouter

        router = APIRouter()  # AUD606

        @router.get("/tasks")
        async def tasks():
            return []

        # file: main.py
        from fastapi import FastAPI

        from notes import router as notes_router

        app = FastAPI()
        app.include_router(notes_router)
        """,
        """
        # file: notes.py
        from fastapi import APIRouter

        router = APIRouter()

        @router.get("/notes")
        async def notes():
            return []

        # file: main.py
        from fastapi import FastAPI

        import notes

        app = FastAPI()
        app.include_router(notes.router, prefix="/api")
        app.include_router(notes.router, prefix="/api")  # AUD606
        """,
    )
    good = (
        """
        # file: notes.py
        from fastapi import APIRouter

        router = APIRouter()

        @router.get("/notes")
        async def notes():
            return []

        # file: main.py
        from fastapi import FastAPI

        import notes

        app = FastAPI()
        app.include_router(notes.router, prefix="/api/v1")
        app.include_router(notes.router, prefix="/api/v2")
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the routers of this module that nothing includes, and its second includes."""
        if self.module.is_test:
            return
        for twice in included_twice(self.module):
            self.report(
                twice.call,
                router=twice.router,
                fact=f"is included under this prefix on line {twice.first_line} already",
                cure="include it once",
            )
        for router, count in unregistered_routers(self.project, self.module):
            answers = "its route answers" if count == 1 else f"its {count} routes answer"
            self.report(
                router.call,
                router=router.name.rpartition(".")[2],
                fact=f"is included nowhere, {answers} with 404",
                cure="include it in the application",
            )
        self.passed_others(includable_routers(self.module))
