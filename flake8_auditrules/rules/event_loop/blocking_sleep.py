"""AUD101: `time.sleep` on the event loop."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.plain_forms import is_plainly_blocking


class BlockingSleep(Rule):
    """
    ## What it does
    Finds calls in an `async def` that sleep: `time.sleep` itself, and functions, methods, properties and
    constructors of the project that come to it, also through other modules. A method that Tornado,
    Starlette or asyncio's protocols call on the loop, such as `get` of a `RequestHandler`, counts as one.

    ## Why it matters
    An event loop is one thread. While it sleeps in `time.sleep`, no other request, task, heartbeat or
    timeout of the process goes on: one client that is told to wait makes all others wait.

    ## When to silence it
    When nothing else ever runs on that loop, as in a script with a single coroutine.
    """

    code = "AUD101"
    severity = Severity.HIGH
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{call}` blocks the event loop{chain}; {cure}"
    examined = "coroutines never block in a sleep"
    reach = Reach.PROJECT
    options = (Option("in-tests", False, "look at test files too"),)

    bad = (
        """
        import time

        async def wait_for_job(job):
            while not job.done:
                time.sleep(0.4)  # AUD101
        """,
        """
        # file: catalogue.py
        import time

        class Catalogue:
            def latest(self, artist):
                self._wait()
                return [artist]

            def _wait(self):
                time.sleep(0.4)

        # file: service.py
        from catalogue import Catalogue

        class Service:
            def __init__(self, *, catalogue: Catalogue):
                self._catalogue = catalogue

            async def newest(self, artist):
                return self._catalogue.latest(artist)  # AUD101
        """,
    )
    good = (
        """
        import asyncio

        async def wait_for_job(job):
            while not job.done:
                await asyncio.sleep(0.4)
        """,
        """
        import asyncio
        import time

        def work():
            time.sleep(0.4)

        async def run():
            await asyncio.to_thread(work)
        """,
    )

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report what sleeps in this coroutine."""
        self._examine(node)

    def visit_Module(self, node: ast.Module) -> None:
        """Report the same in the methods that a library calls on the loop."""
        for method in self.project.called_back(self.module):
            self._examine(method)

    def _examine(self, node: ast.AsyncFunctionDef | ast.FunctionDef) -> None:
        if self.module.is_test and not self.option("in-tests"):
            return
        blocked = self.project.blocked(self.module, node, Effect.SLEEP)
        for one in blocked:
            if self.config.beside_ruff and is_plainly_blocking(self.module, one.node):
                continue
            steps = [Step(*link) for link in one.links]
            self.report(one.node, steps=steps, place=node, call=one.text, chain=one.shown, cure=one.cure)
        if not blocked:
            self.passed(node)
