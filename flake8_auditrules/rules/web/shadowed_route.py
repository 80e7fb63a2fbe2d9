"""AUD601: a route that another one, registered before it, answers for."""

from __future__ import annotations

import ast
from itertools import pairwise

from flake8_auditrules.project.route_order import Earlier, shadowed_elsewhere
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.route_tables import Route, answers_for, is_same_path, kept_routes, routes


class ShadowedRoute(Rule):
    """
    ## What it does
    Finds FastAPI and Starlette routes that never get a request, since a route with the same method that is
    registered before them matches their path: `/users/{user_id}` before `/users/me`, or the same path twice. In
    one router the order is that of the source, between routers that in which the application includes them.

    ## Why it matters
    The first route that matches answers. A request for `/users/me` goes to the handler of `/users/{user_id}`,
    which takes "me" for an id: the client gets 422 or 404, and the right handler is dead code.

    ## When to silence it
    When the earlier route is removed at run time.
    """

    code = "AUD601"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{path}` never gets here, `{other}` of {where} answers for it; {cure}"
    reach = Reach.PROJECT
    examined = "routes are the first of their router for their path"

    bad = (
        """
        from fastapi import APIRouter

        router = APIRouter()

        @router.get("/users/{user_id}")
        async def user(user_id: int):
            return {"id": user_id}

        @router.get("/users/me")
        async def me():  # AUD601
            return {"id": "me"}
        """,
        """
        from fastapi import FastAPI

        app = FastAPI()

        @app.post("/jobs")
        async def start():
            return {"started": 1}

        @app.post("/jobs")
        async def start_later():  # AUD601
            return {"started": 2}
        """,
    )
    good = (
        """
        from fastapi import APIRouter

        router = APIRouter()

        @router.get("/users/me")
        async def me():
            return {"id": "me"}

        @router.get("/users/{user_id}")
        async def user(user_id: int):
            return {"id": user_id}
        """,
        """
        from fastapi import APIRouter

        router = APIRouter()

        @router.get("/users/{user_id:int}")
        async def user(user_id: int):
            return {"id": user_id}

        @router.get("/users/me")
        async def me():
            return {"id": "me"}
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report each route that an earlier one of its router answers for."""
        before: list[Route] = []
        elsewhere = shadowed_elsewhere(self.project, self.module) if not self.module.is_test else {}
        for route in (*routes(self.module), *kept_routes(self.module)):
            if route.path is None or not route.router.class_name.startswith(("fastapi.", "starlette.")):
                continue
            earlier = self._earlier(route, before)
            before.append(route)
            if earlier is None or earlier.path is None:
                other = elsewhere.get(route.function.lineno)
                if other is not None:
                    self._report_other(route, other)
                else:
                    self.passed(route.function)
                continue
            same = is_same_path(earlier.path, route.path)
            self.report(
                route.function,
                path=self._shown(route),
                other=self._shown(earlier),
                where=f"line {earlier.function.lineno}",
                cure="give it a path of its own" if same else "declare the fixed path first",
            )

    def _report_other(self, route: Route, other: Earlier) -> None:
        """Report a route that a route of another router answers for."""
        shown = f"{'/'.join(other.methods).upper()} {other.path}"
        same = is_same_path(other.path, other.answered)
        self.report(
            route.function,
            path=f"{'/'.join(sorted(route.methods)).upper()} {other.answered}",
            other=shown,
            where=f"{other.file}:{other.line}",
            cure="give it a path of its own" if same else "include the router of the fixed path first",
            steps=[Step(other.file, other.line, shown)],
        )

    def _earlier(self, route: Route, before: list[Route]) -> Route | None:
        assert route.path is not None
        for earlier in before:
            if earlier.router.name != route.router.name or earlier.path is None:
                continue
            if not route.methods <= earlier.methods or not route.methods:
                continue
            if earlier.function is route.function or not answers_for(earlier.path, route.path):
                continue
            if self.module.function_of(earlier.function) is not self.module.function_of(route.function):
                # What a function registers (a lifespan, `add_routes(app)`) comes when that is called.
                continue
            if not self._excludes(earlier, route):
                return earlier
        return None

    def _excludes(self, one: Route, other: Route) -> bool:
        """
        Whether the program has one of two routes: they stand in two branches of one `if` or `try`, or the first
        in a branch that leaves the function.
        """
        ways = [[route.function, *self.module.ancestors(route.function)] for route in (one, other)]
        for first, ancestor in pairwise(ways[0]):
            if not isinstance(ancestor, (ast.If, ast.Try)):
                continue
            if ancestor in ways[1]:
                second = ways[1][ways[1].index(ancestor) - 1]
                if isinstance(ancestor, ast.If):
                    return (first in ancestor.body) is not (second in ancestor.body)
                return first is not second and isinstance(second, ast.ExceptHandler)
            if isinstance(ancestor, ast.If):
                branch = ancestor.body if first in ancestor.body else ancestor.orelse
                if isinstance(branch[-1], (ast.Raise, ast.Return)):
                    return True
        return False

    def _shown(self, route: Route) -> str:
        methods = "/".join(sorted(route.methods)).upper()
        return f"{methods} {route.path}"
