"""AUD621: a text of a request put raw into the URL of another request."""

from __future__ import annotations

import ast

from flake8_auditrules.project.url_sinks import url_sinks
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.routes import is_route


class RawUrlSegment(Rule):
    """
    ## What it does
    Finds routes that send a request (requests, httpx, aiohttp) whose URL has a free text of their own request in
    its path or query as it is: `f"{API}/users/{name}"`; also in the functions of the project that the text is
    handed to. Tools of the Model Context Protocol (`@mcp.tool()`) count as routes: a client's model chooses their
    arguments, after whatever it has read.

    Silent for numbers, UUIDs, enums and `params=`, where the text is quoted, compared, matched or looked up
    before, and for the rest of a path (`{path:path}`) that is passed on as a whole.

    ## Why it matters
    The text can hold `/`, `?`, `#` and `..`: `../admin/users` calls another endpoint with the server's own
    credentials, `x?role=admin` adds parameters, and `#` cuts off what follows.

    ## When to silence it
    When only trusted callers reach the route.
    """

    code = "AUD621"
    severity = Severity.MEDIUM
    category = Category.SECURITY
    since = "0.1.0"
    message = (
        '`{value}` of the {source} goes raw into the URL of `{call}`; quote it with `safe=""` or give `params=`'
    )
    examined = "request values in outgoing URLs are quoted or known"
    reach = Reach.CALLEES
    imports = ("fastapi", "starlette", "flask", "quart", "aiohttp", "django", "rest_framework", "mcp", "fastmcp")

    bad = (
        """
        import httpx
        from fastapi import FastAPI

        app = FastAPI()
        BACKEND = "http://127.0.0.1:9000"

        @app.get("/profile")
        def profile(name: str):
            return httpx.get(f"{BACKEND}/profiles/{name}").raise_for_status().json()  # AUD621
        """,
        """
        import httpx
        from fastapi import FastAPI

        app = FastAPI()
        BACKEND = "http://127.0.0.1:9000"

        @app.get("/search")
        def search(text: str):
            url = BACKEND + "/search?scope=public&text=" + text
            return httpx.get(url).raise_for_status().json()  # AUD621
        """,
    )
    good = (
        """
        from urllib.parse import quote

        import httpx
        from fastapi import FastAPI

        app = FastAPI()
        BACKEND = "http://127.0.0.1:9000"

        @app.get("/profile")
        def profile(name: str):
            return httpx.get(f"{BACKEND}/profiles/{quote(name, safe='')}").raise_for_status().json()
        """,
        """
        import httpx
        from fastapi import FastAPI

        app = FastAPI()
        BACKEND = "http://127.0.0.1:9000"

        @app.get("/search")
        def search(text: str):
            asked = {"scope": "public", "text": text}
            return httpx.get(f"{BACKEND}/search", params=asked).raise_for_status().json()
        """,
    )

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report the request values that a route puts raw into URLs."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report the request values that a route puts raw into URLs."""
        self._check(node)

    def _check(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        source = "request" if is_route(self.module, node) else "tool's arguments"
        for sink in url_sinks(self.project, self.module, node):
            if sink.is_free:
                step = Step(self.project.relative(sink.path), sink.line, sink.call)
                self.report(sink.node, steps=[step], value=sink.text, call=sink.call, source=source)
            else:
                self.passed(sink.node)
