"""AUD209: one request for each item of an input of any size."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import definition_of
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.fan_out import (
    awaited_calls,
    gathered,
    is_over_input,
    is_request,
    one_by_one,
    one_by_one_in,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode


class RequestInLoopUnbounded(Rule):
    """
    ## What it does
    Finds HTTP requests made for each item of a list that comes from outside the function: all at once in
    `asyncio.gather(*[...])`, or of a list that a loop has filled, with nothing that limits their number, or one
    after the other in a loop or list, `[await fetch(name) for name in names]`, although no
    request needs the answer of another. The request may stand in a function of the project that the loop calls.

    Silent for lists that somebody has written down: servers, peers, ports and the like by their names, and what is
    picked from a list of the module.

    ## Why it matters
    All at once, a list of a thousand items opens a thousand requests: the pool of the client runs into its own
    timeout, or the peer answers with 429. One after the other, the time grows with the list: a hundred items at
    100 ms are ten seconds.

    ## When to silence it
    When the list is short by its nature, or the peer wants one request at a time.
    """

    code = "AUD209"
    severity = Severity.LOW
    category = Category.PERFORMANCE
    since = "0.1.0"
    call_names = ("gather",)
    reach = Reach.CALLEES
    message = "`{call}` {fact}; {cure}"
    examined = "requests for each item of something are bounded"

    bad = (
        """
        import asyncio
        import httpx

        async def fetch(client: httpx.AsyncClient, url):
            answer = await client.get(url)
            return answer.json()

        async def fetch_all(client: httpx.AsyncClient, urls):
            return await asyncio.gather(*[fetch(client, url) for url in urls])  # AUD209
        """,
        """
        import httpx

        async def prices(client: httpx.AsyncClient, names):
            found = {}
            for name in names:
                answer = await client.get(f"/prices/{name}")  # AUD209
                found[name] = answer.json()
            return found
        """,
    )
    good = (
        """
        import asyncio
        import httpx

        async def fetch_all(client: httpx.AsyncClient, urls):
            limit = asyncio.Semaphore(10)

            async def fetch(url):
                async with limit:
                    return (await client.get(url)).json()

            return await asyncio.gather(*[fetch(url) for url in urls])
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report requests that are started all at once."""
        module = self.module
        if module.is_test or not isinstance(node.func, ast.Attribute):
            return
        items = gathered(module, node)
        if items is not None:
            self.report(
                node,
                call=module.call_text(node),
                fact=f"starts a request for each of `{items}` at once",
                cure="bound them with a semaphore",
            )
        elif any(isinstance(argument, ast.Starred) for argument in node.args):
            self.passed(node)

    def visit_For(self, node: ast.For) -> None:
        """Report requests that are made one after the other."""
        module = self.module
        if module.is_test or not isinstance(module.function_of(node), ast.AsyncFunctionDef):
            return
        if not is_over_input(module, node):
            return
        for call in awaited_calls(module, node):
            items = one_by_one(module, node, call, self._defined)
            if items is not None:
                self._tell_of_turns(call, items)
            elif is_request(module, call):
                self.passed(call)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        """Report requests that a list is made of one after the other."""
        if isinstance(node.elt, ast.Await) and not self.module.is_test:
            found = one_by_one_in(self.module, node, self._defined)
            if found is not None:
                self._tell_of_turns(*found)

    def _tell_of_turns(self, call: ast.Call, items: str) -> None:
        self.report(
            call,
            call=self.module.call_text(call),
            fact=f"waits for one request after the other for each of `{items}`",
            cure="gather a bounded number at a time",
        )

    def _defined(self, module: Module, call: ast.Call) -> tuple[Module, FunctionNode] | None:
        """The function of the project that a call calls, with its module."""
        found = definition_of(self.project, module, call)
        return (found.module, found.function) if found is not None else None
