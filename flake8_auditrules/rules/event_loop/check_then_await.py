"""AUD114: a shared variable that is found empty, and filled after an await."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.first_use import filled_after_wait, tests_in_coroutines, written


class CheckThenAwait(Rule):
    """
    ## What it does
    Finds coroutines that test whether a shared client, connection or task is there, wait, and then store a
    new one, with no lock around both; also where a flag, which is set when all is made, is tested in its place.
    Shared are variables of the module, attributes of a class, of objects of which there is one, and of stores
    and services that several coroutines ask.

    ## Why it matters
    While the first task waits for its connection, the second one finds nothing there either and opens
    another. The one that is stored first is overwritten and never closed, and those who got it go on with it.

    ## When to silence it
    When only one task ever runs the function.
    """

    code = "AUD114"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    message = (
        "`{test}` no longer holds after the await in line {line}, and `{variable}` is made twice; use `{cure}`"
    )
    examined = "tests before a shared variable is filled still hold when it is"

    bad = (
        """
        import asyncio

        pool = None

        async def get_pool(connect):
            global pool
            if pool is None:  # AUD114
                pool = await connect()
            return pool
        """,
    )
    good = (
        """
        import asyncio

        pool = None
        lock = asyncio.Lock()

        async def get_pool(connect):
            global pool
            async with lock:
                if pool is None:
                    pool = await connect()
            return pool
        """,
        """
        import asyncio

        pool = None

        def get_pool(connect):
            global pool
            if pool is None:
                pool = asyncio.create_task(connect())
            return pool
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the test of each shared variable that a coroutine fills too late."""
        if not self.module.nodes(ast.AsyncFunctionDef):
            return
        for filled, waiting in filled_after_wait(self.module):
            self.report(
                filled.test,
                test=self.module.text(filled.test.test),
                variable=self.module.text(written(self.module, filled.write)),
                line=str(getattr(waiting, "lineno", 0)),
                cure="async with lock",
            )
        self.passed_others(tests_in_coroutines(self.module))
