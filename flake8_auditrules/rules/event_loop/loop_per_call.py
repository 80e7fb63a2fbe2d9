"""AUD122: a new event loop on every call, with clients that belong to the last one."""

from __future__ import annotations

import ast
from functools import partial

from flake8_auditrules.project.definitions import definition_of, module_named
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.own_loops import RUNNERS, Sight, loops_per_call


class LoopPerCall(Rule):
    """
    ## What it does
    Finds `asyncio.run` (and `new_event_loop().run_until_complete`) in a Celery task, a plain route or a method,
    where the coroutine that runs uses a client, pool or engine that was made outside of it.

    ## Why it matters
    The connections of an asynchronous client belong to the event loop in which they were opened. The second call
    makes another loop, takes a connection of the first from the pool, and fails: `RuntimeError: Event loop is
    closed`, or "attached to a different loop". The first call works, so tests do.

    ## When to silence it
    When the client opens its connections anew for each loop.
    """

    code = "AUD122"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{call}` is a new loop on each call of `{function}`, `{client}` stays bound to the first; {cure}"
    examined = "event loops made here leave no shared client on an older one"
    reach = Reach.CALLEES
    calls = RUNNERS

    bad = (
        """
        import asyncio
        import httpx

        class Prices:
            def __init__(self, url):
                self._url = url
                self._client = httpx.AsyncClient(timeout=5)

            async def _read(self):
                return (await self._client.get(self._url)).text

            def today(self):
                return asyncio.run(self._read())  # AUD122
        """,
    )
    good = (
        """
        import asyncio
        import httpx

        class Prices:
            def __init__(self, url):
                self._url = url

            async def _read(self):
                async with httpx.AsyncClient(timeout=5) as client:
                    return (await client.get(self._url)).text

            def today(self):
                return asyncio.run(self._read())
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a loop made on each call."""
        sight = Sight(partial(definition_of, self.project), partial(module_named, self.project))
        found = list(loops_per_call(self.module, node, sight))
        for one in found:
            self.report(
                one.call,
                call=self.module.call_text(one.call),
                function=one.function.name,
                client=one.client,
                cure="make it in the coroutine, or keep one loop",
            )
        if not found:
            self.passed(node)
