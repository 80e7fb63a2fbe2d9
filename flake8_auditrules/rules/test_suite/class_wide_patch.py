"""AUD804: a patch that answers the test's own request."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.class_patches import mocked_request


class ClassWidePatch(Rule):
    """
    ## What it does
    Finds tests that replace a method of `httpx.Client` or `httpx.AsyncClient` for the whole program, and send
    their own request to the application through the same method while it is replaced. Starlette's and FastAPI's
    `TestClient` is an `httpx.Client`.

    ## Why it matters
    The mock answers the test itself. No request reaches the application, and the assertions look at what the test
    has put into the mock: it passes with the route deleted.

    ## When to silence it
    When the test is about the client and not about the application.
    """

    code = "AUD804"
    severity = Severity.LOW
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{patch}` answers `{request}` on line {line} too; patch the name that the code under test uses"
    examined = "patches of a client's class leave the test's own client alone"
    imports = ("httpx", "starlette", "fastapi", "httpx2")
    call_names = ("patch", "object")

    bad = (
        """
        # file: test_rates.py
        from unittest.mock import Mock, patch

        import httpx
        from fastapi import FastAPI
        from fastapi.testclient import TestClient

        app = FastAPI()

        @app.get("/rates")
        def rates():
            raise NotImplementedError("nobody has written it yet")

        def test_rates():
            client = TestClient(app)
            answer = Mock(status_code=200)
            with patch("httpx.Client.get", return_value=answer):  # AUD804
                assert client.get("/rates").status_code == 200
        """,
    )
    good = (
        """
        # file: test_rates.py
        from unittest.mock import Mock, patch

        import httpx
        from fastapi import FastAPI
        from fastapi.testclient import TestClient

        app = FastAPI()
        upstream = httpx.Client(base_url="https://example.org")

        @app.get("/rates")
        def rates():
            return upstream.get("/rates").json()

        def test_rates():
            client = TestClient(app)
            answer = Mock(status_code=200, json=lambda: {"EUR": 1})
            with patch.object(upstream, "get", return_value=answer):
                assert client.get("/rates").json() == {"EUR": 1}

        def test_upstream():
            with patch("httpx.Client.get", return_value=Mock(status_code=200)):
                assert upstream.get("https://example.org/rates").status_code == 200
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a patch that answers the test's own request."""
        module = self.module
        if not module.is_test:
            return
        request = mocked_request(module, node)
        if request is not None:
            self.report(
                node, patch=module.text(node, 45), request=module.text(request, 30), line=str(request.lineno)
            )
        elif node.args and "httpx." in module.source(node):
            self.passed(node)
