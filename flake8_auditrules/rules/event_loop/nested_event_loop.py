"""AUD107: an event loop started on the event loop."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity, Step


class NestedEventLoop(Rule):
    """
    ## What it does
    Finds calls in an `async def` that come to `asyncio.run`, `run_until_complete` or `anyio.run`, directly or
    through the project's functions. A method that Tornado,
    Starlette or asyncio's protocols call on the loop, such as `get` of a `RequestHandler`, counts as one.

    ## Why it matters
    A thread runs one event loop. The second one is refused with `RuntimeError: asyncio.run() cannot be called
    from a running event loop`, and the coroutine that was to run in it is never awaited.

    ## When to silence it
    When `nest_asyncio` or a loop of the like is in use.
    """

    code = "AUD107"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{call}` starts an event loop on the running one and raises RuntimeError{chain}; {cure}"
    examined = "coroutines start no second event loop"
    reach = Reach.CALLEES
    options = (Option("in-tests", False, "look at test files too"),)

    bad = (
        """
        import asyncio

        async def fetch():
            return 42

        def fetch_now():
            return asyncio.run(fetch())

        async def answer():
            return fetch_now()  # AUD107
        """,
    )
    good = (
        """
        import asyncio

        async def fetch():
            return 42

        async def answer():
            return await fetch()
        """,
        """
        import asyncio

        async def fetch():
            return 42

        def fetch_now():
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                return asyncio.run(fetch())
            raise RuntimeError("await fetch() instead")

        async def answer():
            return fetch_now()
        """,
    )

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report what starts a loop in this coroutine."""
        self._examine(node)

    def visit_Module(self, node: ast.Module) -> None:
        """Report the same in the methods that a library calls on the loop."""
        for method in self.project.called_back(self.module):
            self._examine(method)

    def _examine(self, node: ast.AsyncFunctionDef | ast.FunctionDef) -> None:
        if self.module.is_test and not self.option("in-tests"):
            return
        blocked = self.project.blocked(self.module, node, Effect.LOOP)
        for one in blocked:
            steps = [Step(*link) for link in one.links]
            self.report(one.node, steps=steps, place=node, call=one.text, chain=one.shown, cure=one.cure)
        if not blocked:
            self.passed(node)
