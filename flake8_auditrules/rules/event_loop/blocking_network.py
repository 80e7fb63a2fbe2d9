"""AUD102: a synchronous network call on the event loop."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.plain_forms import is_plainly_blocking


class BlockingNetwork(Rule):
    """
    ## What it does
    Finds calls in an `async def` that wait for the network on the loop's own thread: `requests`, `urllib`,
    `httpx.Client`, `boto3`, synchronous `redis`, `smtplib`, sockets and the clients of many services, called
    directly or through functions, methods, properties and constructors of the project, also such as a list or
    dictionary holds (`HANDLERS[kind](name)`). A parameter that nothing else tells of is taken for an object of the
    one class of the project that has the methods which are called on it. A method that Tornado,
    Starlette or asyncio's protocols call on the loop, such as `get` of a `RequestHandler`, counts as one.

    ## Why it matters
    While the thread waits for the other side, nothing else on the loop runs: every request of the process
    waits as long as the slowest server that one of them talks to, and without a timeout for ever.

    ## When to silence it
    When nothing else runs on that loop, as in a command-line script with a single coroutine.
    """

    code = "AUD102"
    severity = Severity.HIGH
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{call}` blocks the event loop{chain}; {cure}"
    examined = "coroutines never block on the network"
    reach = Reach.PROJECT
    options = (Option("in-tests", False, "look at test files too"),)

    bad = (
        """
        import requests

        async def profile(url):
            return requests.get(url, timeout=5).text  # AUD102
        """,
        """
        # file: catalogue.py
        import httpx

        class CatalogueClient:
            def __init__(self, base_url):
                self._client = httpx.Client(base_url=base_url)

            def latest(self, artist):
                return self._request(f"/artists/{artist}/latest")

            def _request(self, path):
                return self._client.get(path).json()

        # file: service.py
        from catalogue import CatalogueClient

        class Service:
            def __init__(self, *, catalogue: CatalogueClient):
                self._catalogue = catalogue

            async def newest(self, artist):
                return self._catalogue.latest(artist)  # AUD102
        """,
    )
    good = (
        """
        import httpx

        async def profile(client: httpx.AsyncClient, url):
            return (await client.get(url)).json()
        """,
        """
        import asyncio

        import requests

        async def profile(url):
            response = await asyncio.to_thread(requests.get, url, timeout=5)
            return response.json()
        """,
    )

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report what waits for the network in this coroutine."""
        self._examine(node)

    def visit_Module(self, node: ast.Module) -> None:
        """Report the same in the methods that a library calls on the loop."""
        for method in self.project.called_back(self.module):
            self._examine(method)

    def _examine(self, node: ast.AsyncFunctionDef | ast.FunctionDef) -> None:
        if self.module.is_test and not self.option("in-tests"):
            return
        blocked = self.project.blocked(self.module, node, Effect.NETWORK)
        for one in blocked:
            if self.config.beside_ruff and is_plainly_blocking(self.module, one.node):
                continue
            steps = [Step(*link) for link in one.links]
            self.report(one.node, steps=steps, place=node, call=one.text, chain=one.shown, cure=one.cure)
        if not blocked:
            self.passed(node)
