"""AUD209: one request for each item of an input of any size."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import clients
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.fan_out import Way, fan_out, may_fan_out


class RequestInLoopUnbounded(Rule):
    """
    ## What it does
    Finds HTTP requests made for each item of a list that comes from outside the function: all at once in
    `asyncio.gather(*[...])` with nothing that limits their number, or one after the other in a loop although no
    request needs the answer of another.

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
    call_names = ("gather", "get", "head")
    imports = tuple(sorted({name.partition(".")[0] for name in clients.HTTP_CLIENTS}))
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
        """Report requests that grow with the input."""
        module = self.module
        if not isinstance(node.func, ast.Attribute) or module.is_test:
            return
        found = fan_out(module, node)
        if found is None:
            if may_fan_out(module, node):
                self.passed(node)
            return
        if found.way is Way.AT_ONCE:
            self.report(
                node,
                call=module.call_text(node),
                fact=f"starts a request for each of `{found.items}` at once",
                cure="bound them with a semaphore",
            )
        else:
            self.report(
                node,
                call=module.call_text(node),
                fact=f"waits for one request after the other for each of `{found.items}`",
                cure="gather a bounded number at a time",
            )
