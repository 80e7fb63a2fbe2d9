"""AUD603: a route that changes something without asking who is there, while its siblings ask."""

from __future__ import annotations

import ast

from flake8_auditrules.project.protection import compared_routes, routes_of_open_routers, unprotected_routes
from flake8_auditrules.rule import Category, Reach, Rule, Severity


class UnprotectedSiblingRoute(Rule):
    """
    ## What it does
    Finds POST, PUT, PATCH and DELETE routes that depend on nothing that finds out who is there, on a router
    where at least three other routes, and four of five, do; or where reading is open to all, and all others that
    change something do, at least two. Dependencies of the route, of the router, of
    what includes it and of the application count, in other files too, and functions that a route calls first with
    the request, a header or a token, and that turn away with 401 or 403. Also all changing routes of a router
    without any guard, where the other routers of the same application have ten or more that are guarded, nine of
    ten, and no middleware may ask who is there. Silent where the docstring, or a comment before the route, says
    that it needs no authentication.

    ## Why it matters
    Someone forgot one line: anybody on the network can change or delete what the other routes keep from
    strangers.

    ## When to silence it
    When the route is meant to be open to all.
    """

    code = "AUD603"
    severity = Severity.HIGH
    category = Category.SECURITY
    since = "0.1.0"
    message = "`{route}` asks nobody who they are, {protected} of {siblings} {guard}; add the dependency"
    examined = "routes are no open exception among guarded siblings"
    reach = Reach.PROJECT

    bad = (
        """
        from fastapi import APIRouter, Depends, Header, HTTPException

        def current_user(x_key: str = Header("")):
            if x_key != "secret":
                raise HTTPException(401)
            return "someone"

        router = APIRouter()
        notes = {}

        @router.get("/notes")
        async def list_notes(user=Depends(current_user)):
            return notes

        @router.get("/notes/{name}")
        async def read_note(name: str, user=Depends(current_user)):
            return notes[name]

        @router.post("/notes/{name}")
        async def add_note(name: str, user=Depends(current_user)):
            notes[name] = user

        @router.put("/notes/{name}")
        async def change_note(name: str, user=Depends(current_user)):
            notes[name] = user

        @router.delete("/notes/{name}")
        async def remove_note(name: str):  # AUD603
            notes.pop(name, None)
        """,
    )
    good = (
        """
        from fastapi import APIRouter, Depends, Header, HTTPException

        def current_user(x_key: str = Header("")):
            if x_key != "secret":
                raise HTTPException(401)
            return "someone"

        router = APIRouter(dependencies=[Depends(current_user)])
        notes = {}

        @router.get("/notes")
        async def list_notes(user=Depends(current_user)):
            return notes

        @router.get("/notes/{name}")
        async def read_note(name: str, user=Depends(current_user)):
            return notes[name]

        @router.post("/notes/{name}")
        async def add_note(name: str, user=Depends(current_user)):
            notes[name] = user

        @router.put("/notes/{name}")
        async def change_note(name: str, user=Depends(current_user)):
            notes[name] = user

        @router.delete("/notes/{name}")
        async def remove_note(name: str):
            notes.pop(name, None)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the open routes among protected ones."""
        if self.module.is_test:
            return
        for one in unprotected_routes(self.project, self.module):
            methods = "/".join(sorted(one.route.methods)).upper()
            guard = f"depend on `{one.guard}`" if one.guard not in ("", "?") else "do"
            self.report(
                one.route.function,
                route=f"{methods} {one.route.path or one.route.function.name}",
                protected=str(one.protected),
                siblings=f"its {one.siblings} {'changing ' if one.changing else ''}siblings",
                guard=guard,
            )
        for open_router in routes_of_open_routers(self.project, self.module):
            methods = "/".join(sorted(open_router.route.methods)).upper()
            self.report(
                open_router.route.function,
                route=f"{methods} {open_router.route.path or open_router.route.function.name}",
                protected=str(open_router.protected),
                siblings=f"{open_router.others} changing routes on other routers",
                guard=f"depend on `{open_router.guard}`",
            )
        self.passed_others(compared_routes(self.project, self.module))
