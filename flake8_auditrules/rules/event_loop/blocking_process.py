"""AUD105: waiting for a process on the event loop."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.plain_forms import is_plainly_blocking


class BlockingProcess(Rule):
    """
    ## What it does
    Finds calls in an `async def` that start a process and wait for its end, or wait for one that runs:
    `subprocess.run` and its kin, `Popen.wait`, `Popen.communicate`, `os.system`, `multiprocessing`, also
    through the project's functions. A method that Tornado,
    Starlette or asyncio's protocols call on the loop, such as `get` of a `RequestHandler`, counts as one.

    ## Why it matters
    The loop stands still until the program ends. A program that waits for input, or for this very process to
    answer a request, never does.

    ## When to silence it
    When nothing else runs on that loop, as in a build script.
    """

    code = "AUD105"
    severity = Severity.HIGH
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{call}` blocks the event loop{chain}; {cure}"
    examined = "coroutines never block on another process"
    reach = Reach.PROJECT
    options = (Option("in-tests", False, "look at test files too"),)

    bad = (
        """
        import subprocess

        async def wait_for_tool(command):
            return subprocess.run(command, check=True)  # AUD105
        """,
        """
        import subprocess

        def revision(command):
            return subprocess.check_output(command, text=True)

        async def version(command):
            return {"revision": revision(command)}  # AUD105
        """,
    )
    good = (
        """
        import asyncio

        async def wait_for_tool(command):
            process = await asyncio.create_subprocess_exec(*command)
            return await process.wait()
        """,
    )

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report what waits for a process in this coroutine."""
        self._examine(node)

    def visit_Module(self, node: ast.Module) -> None:
        """Report the same in the methods that a library calls on the loop."""
        for method in self.project.called_back(self.module):
            self._examine(method)

    def _examine(self, node: ast.AsyncFunctionDef | ast.FunctionDef) -> None:
        if self.module.is_test and not self.option("in-tests"):
            return
        blocked = self.project.blocked(self.module, node, Effect.PROCESS)
        for one in blocked:
            if self.config.beside_ruff and is_plainly_blocking(self.module, one.node):
                continue
            steps = [Step(*link) for link in one.links]
            self.report(one.node, steps=steps, place=node, call=one.text, chain=one.shown, cure=one.cure)
        if not blocked:
            self.passed(node)
